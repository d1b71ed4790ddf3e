package dev.terminalcloud.benchmark.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FloodPacketsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PUBLISH = 0x32;

    private final FloodPackets packets = new FloodPackets("7000000010", "secret", 3);

    private record Publish(String topic, int packetId, JsonNode message) {}

    @Test
    void eachResultIsOfAnotherTransaction() throws IOException {
        Set<UUID> transactions = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Publish publish = parse(packets.nextResult());
            assertThat(publish.topic()).isEqualTo("devices/7000000010/events");
            assertThat(publish.packetId()).isPositive();
            assertThat(publish.message().path("type").asText()).isEqualTo("transaction-finished");
            assertThat(publish.message().path("receipt").asText().length()).isGreaterThan(15_000);
            transactions.add(
                    UUID.fromString(publish.message().path("transactionId").asText()));
        }

        assertThat(transactions).hasSize(100).allSatisfy(id -> assertThat(id.version())
                .isEqualTo(4));
    }

    @Test
    void unfinishedConnectAnnouncesMoreThanItHas() throws IOException {
        byte[] bytes = FloodPackets.unfinishedConnect(2_000);

        assertThat(bytes).hasSize(2_000);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        assertThat(in.readUnsignedByte()).isEqualTo(0x10);
        assertThat(length(in)).isGreaterThan(in.available());
    }

    private static Publish parse(byte[] packet) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(packet));
        assertThat(in.readUnsignedByte()).isEqualTo(PUBLISH);
        assertThat(length(in)).isEqualTo(in.available());
        String topic = in.readUTF();
        int packetId = in.readUnsignedShort();
        return new Publish(topic, packetId, JSON.readTree(new String(in.readAllBytes(), UTF_8)));
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit > 0x7f);
        return length;
    }
}
