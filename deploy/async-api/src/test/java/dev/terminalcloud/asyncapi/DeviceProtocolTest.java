package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.asyncapi.Document.Message;
import dev.terminalcloud.connector.protocol.CommandType;
import dev.terminalcloud.connector.protocol.MessageReader;
import dev.terminalcloud.connector.protocol.MessageType;
import dev.terminalcloud.connector.protocol.ParsedMessage;
import dev.terminalcloud.connector.protocol.SessionIdentity;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.ProtocolJson;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the device protocol matches the connector and the virtual device. */
class DeviceProtocolTest {
    private static final Document DOCUMENT = Document.DEVICE_PROTOCOL;
    private static final SessionIdentity SESSION = new SessionIdentity("7000000001", UUID.randomUUID(), 0, 0);

    static Stream<Message> events() {
        return DOCUMENT.typesOf("events").stream().map(DOCUMENT::message);
    }

    static Stream<Message> commands() {
        return DOCUMENT.typesOf("commands").stream().map(DOCUMENT::message);
    }

    /** Returns the commands of the services to devices, from the examples of the events. */
    static Stream<SessionCommand> sessionCommands() {
        return Document.EVENTS.typesOf(Topic.DEVICE_COMMANDS.topicName()).stream()
                .map(Document.EVENTS::message)
                .map(message -> EventCodec.decode(Topic.DEVICE_COMMANDS, message.exampleBytes()))
                .filter(SessionCommand.class::isInstance)
                .map(SessionCommand.class::cast)
                .filter(command -> !EventCodec.typeOf(command).equals("device.end-session.v1"));
    }

    @Test
    void eventsAreThoseThatTheConnectorReads() {
        assertThat(DOCUMENT.typesOf("events"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(MessageType.values())
                        .map(MessageType::wireName)
                        .toList());
    }

    @Test
    void commandsAreThoseThatTheConnectorWrites() throws IOException {
        Set<String> written = new TreeSet<>();
        for (SessionCommand command : sessionCommands().toList()) {
            written.add(payload(command).path("type").asText());
        }

        assertThat(CommandType.values()).hasSameSizeAs(written);
        assertThat(DOCUMENT.typesOf("commands")).isEqualTo(written);
    }

    @Test
    void virtualDeviceSpeaksTheSame() {
        assertThat(DOCUMENT.typesOf("events"))
                .isEqualTo(RecordMembers.byName(DeviceMessage.class).keySet());
        assertThat(DOCUMENT.typesOf("commands"))
                .isEqualTo(RecordMembers.byName(CloudMessage.class).keySet());
    }

    @ParameterizedTest
    @MethodSource("events")
    void connectorAcceptsTheExampleOfAnEvent(Message message) {
        message.assertFits(message.example());

        assertThat(read(message.example())).isInstanceOf(ParsedMessage.Accepted.class);
    }

    /** A member of an event that a device says is a member of its message. */
    @ParameterizedTest
    @MethodSource("events")
    void connectorFillsTheEventFromTheExample(Message message) throws IOException {
        DeviceEvent event = ((ParsedMessage.Accepted) read(message.example())).event();
        ObjectNode documented =
                Document.EVENTS.message(EventCodec.typeOf(event)).example();

        JsonNode filled = JsonMapper.builder().build().readTree(EventCodec.encode(event));

        assertThat(Document.names(filled)).isEqualTo(Document.names(documented));
        assertThat(Document.names(filled.path("report"))).isEqualTo(Document.names(documented.path("report")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void connectorNeedsWhatIsRequiredAndNothingElse(Message message) {
        for (String member : message.members()) {
            ObjectNode without = message.example().without(member);

            assertThat(read(without) instanceof ParsedMessage.Accepted)
                    .as("%s is accepted without %s", message, member)
                    .isNotEqualTo(message.required().contains(member));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void connectorTakesTheDocumentedValuesAndNoOthers(Message message) {
        for (String member : message.members()) {
            for (JsonNode value : message.member(member).path("enum")) {
                assertThat(read(message.example().set(member, value)))
                        .as("%s with %s %s", message, member, value)
                        .isInstanceOf(ParsedMessage.Accepted.class);
            }
            if (message.member(member).has("enum")) {
                assertThat(read(message.example().put(member, "ANOTHER")))
                        .as("%s with another %s", message, member)
                        .isNotInstanceOf(ParsedMessage.Accepted.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void connectorTakesTextsOfTheDocumentedLengthAndNoLongerOnes(Message message) {
        for (String member : message.members()) {
            int max = message.member(member).path("maxLength").asInt();
            if (max > 0) {
                assertThat(takes(message.example().put(member, "x".repeat(max)), member))
                        .as("%s with %s of %d characters", message, member, max)
                        .isTrue();
                assertThat(takes(message.example().put(member, "x".repeat(max + 1)), member))
                        .as("%s with %s of %d characters", message, member, max + 1)
                        .isFalse();
            }
        }
    }

    private static boolean takes(JsonNode message, String member) {
        return read(message) instanceof ParsedMessage.Accepted accepted
                && !accepted.ignored().contains(member);
    }

    @ParameterizedTest
    @MethodSource("sessionCommands")
    void commandIsWrittenAsDescribed(SessionCommand command) throws IOException {
        JsonNode payload = payload(command);
        Message message = DOCUMENT.message(payload.path("type").asText());

        message.assertFits(payload);
        assertThat(message.members()).isEqualTo(Document.names(payload));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void virtualDeviceReadsTheExampleOfACommand(Message message) {
        message.assertFits(message.example());
        CloudMessage read = ProtocolJson.read(message.exampleBytes()).orElseThrow();

        Class<?> type = RecordMembers.byName(CloudMessage.class).get(message.type());
        assertThat(read).isInstanceOf(type);
        assertThat(message.members()).isEqualTo(RecordMembers.withType(type));
    }

    @ParameterizedTest
    @MethodSource("events")
    void virtualDeviceHasTheMembersOfAnEvent(Message message) {
        Class<?> type = RecordMembers.byName(DeviceMessage.class).get(message.type());

        Set<String> members = RecordMembers.withType(type);
        if (members.remove("report")) {
            members.addAll(RecordMembers.names(Report.class));
        }

        assertThat(message.members()).isEqualTo(members);
    }

    private static ParsedMessage read(JsonNode message) {
        return MessageReader.read(Document.bytes(message), SESSION);
    }

    private static JsonNode payload(SessionCommand command) throws IOException {
        return JsonMapper.builder().build().readTree(CommandType.payload(command));
    }
}
