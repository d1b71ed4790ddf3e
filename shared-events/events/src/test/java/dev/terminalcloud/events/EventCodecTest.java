package dev.terminalcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final UUID SESSION = UUID.fromString("5e551011-0000-4000-8000-000000000001");

    @ParameterizedTest
    @EnumSource(Topic.class)
    void typeThatThisBuildDoesNotKnowIsUnknownAndNothingElse(Topic topic) {
        Event event = decode(topic, "{\"type\":\"something.new.v7\",\"member\":{\"a\":[1]}}");

        assertThat(EventCodec.isKnown(event)).isFalse();
        assertThat(event.toString()).contains("something.new.v7");
        assertThat(topic.family()).isAssignableFrom(event.getClass());
        assertThatThrownBy(event::key).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> EventCodec.encode(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typeOfAnotherFamilyIsUnknown() {
        assertThat(EventCodec.isKnown(decode(Topic.DEVICE_EVENTS, "{\"type\":\"device.grant-start.v1\"}")))
                .isFalse();
    }

    @Test
    void eventWithoutATypeIsUnknown() {
        assertThat(decode(Topic.DEVICE_EVENTS, "{}")).isEqualTo(new DeviceEvent.Unknown(null));
    }

    @Test
    void memberThatThisBuildDoesNotKnowIsIgnored() {
        assertThat(
                        decode(
                                Topic.DEVICE_EVENTS,
                                """
                        {"type":"device.pairing-code-requested.v1","deviceId":"7000000001",
                         "sessionId":"5e551011-0000-4000-8000-000000000001","language":{"of":["tomorrow"]}}
                        """))
                .isEqualTo(new PairingCodeRequested("7000000001", SESSION));
    }

    @Test
    void memberThatIsAbsentIsNullAndNullIsNotWritten() {
        PairingCodeRequested incomplete = new PairingCodeRequested("7000000001", null);

        assertThat(EventCodec.encode(incomplete)).doesNotContain("sessionId");
        assertThat(decode(Topic.DEVICE_EVENTS, EventCodec.encode(incomplete))).isEqualTo(incomplete);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "no json",
                "{",
                "{} {}",
                "{\"type\":{}}",
                "{\"type\":\"device.pairing-code-requested.v1\",\"sessionId\":\"no uuid\"}",
                "{\"type\":\"device.connected.v1\",\"connectorIndex\":\"x\"}",
                "{\"type\":\"device.connected.v1\",\"connectorEpoch\":1}",
                "{\"type\":\"device.unpair-requested.v1\",\"pairingNumber\":null}",
                "{\"type\":\"device.status-changed.v1\",\"status\":\"no status\"}"
            })
    void recordThatIsNotAnEventIsMalformed(String payload) {
        assertThatThrownBy(() -> decode(Topic.DEVICE_EVENTS, payload))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith("Malformed event on topic device-events");
    }

    @Test
    void recordWithoutAValueIsMalformed() {
        assertThatThrownBy(() -> EventCodec.decode(Topic.DEVICE_EVENTS, null))
                .isInstanceOf(MalformedEventException.class);
    }

    @Test
    void recordCarriesTheEventsKeyAndItsMetadataAsCloudEventsHeaders() {
        Instant time = Instant.parse("2026-11-22T10:15:30.5Z");
        GrantStart grant = new GrantStart("7000000001", SESSION, UUID.randomUUID());
        EventMetadata metadata = EventMetadata.of(grant, "/transaction-service", Clock.fixed(time, ZoneOffset.UTC));

        ProducerRecord<String, String> written = EventCodec.toRecord(Topic.DEVICE_COMMANDS, 3, grant, metadata);

        assertThat(written.topic()).isEqualTo("device-commands");
        assertThat(written.partition()).isEqualTo(3);
        assertThat(written.key()).isEqualTo("7000000001");
        assertThat(written.value()).isEqualTo(EventCodec.encode(grant));
        assertThat(headers(written))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", metadata.id().toString(),
                        "ce_type", "device.grant-start.v1",
                        "ce_source", "/transaction-service",
                        "ce_time", "2026-11-22T10:15:30.500Z",
                        "content-type", "application/json"));
    }

    @Test
    void eachEventHasAnIdOfItsOwn() {
        GrantStart grant = new GrantStart("7000000001", SESSION, UUID.randomUUID());

        assertThat(EventMetadata.of(grant, "/a", Clock.systemUTC()).id())
                .isNotEqualTo(EventMetadata.of(grant, "/a", Clock.systemUTC()).id());
    }

    @Test
    void keyOfARegisterIsUnambiguous() {
        assertThat(new RegisterUnpaired("a", "b\",\"c", 1, "7000000001", 1).key())
                .isNotEqualTo(new RegisterUnpaired("a\",\"b", "c", 1, "7000000001", 1).key());
    }

    static Stream<Event> samples() {
        return Samples.ALL.values().stream().flatMap(Arrays::stream);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void typeNamesItsVersion(Event event) {
        assertThat(EventCodec.typeOf(event)).matches("[a-z]+\\.[a-z-]+\\.v[0-9]+");
        assertThat(event.key()).isNotEmpty();
    }

    private static Event decode(Topic topic, String payload) {
        return EventCodec.decode(topic, payload.getBytes(UTF_8));
    }

    private static Map<String, String> headers(ProducerRecord<String, String> written) {
        Map<String, String> headers = new HashMap<>();
        written.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
