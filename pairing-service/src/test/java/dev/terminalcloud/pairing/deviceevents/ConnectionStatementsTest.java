package dev.terminalcloud.pairing.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.EndedSessions;
import dev.terminalcloud.embedded.test.ExecutedStatements;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cost of a batch of connections for the database, however many devices it has: every device that floods connects all the time. */
@QuarkusTest
class ConnectionStatementsTest {
    /** Connectors that only these tests use. */
    private static final int CONNECTOR = 17;

    private static final int RESTARTED_CONNECTOR = 18;

    @Inject
    TestFixtures world;

    @Inject
    Outbox outbox;

    @Inject
    DeviceEventHandler handler;

    @Inject
    Vertx vertx;

    @Test
    void batchOfConnectionsCostsAsMuchAsOne() {
        apply(connected(devices(1), CONNECTOR));

        List<String> one = apply(connected(devices(1), CONNECTOR));
        List<String> ten = apply(connected(devices(10), CONNECTOR));

        // Lock, open, presence, outbox.
        assertThat(one).hasSize(4);
        assertThat(ten).isEqualTo(one);
    }

    @Test
    void connectorIsWrittenOnlyWhenItsEpochIsNew() {
        List<FakeDevice> devices = devices(2);

        List<String> first = apply(connected(devices, RESTARTED_CONNECTOR));
        List<String> second = apply(connected(devices, RESTARTED_CONNECTOR));

        assertThat(first).anyMatch(statement -> statement.contains("insert into connector"));
        assertThat(second).noneMatch(statement -> statement.contains("insert into connector"));
    }

    @Test
    void batchOfDisconnectsCostsAsMuchAsOne() {
        List<DeviceEvent> sessions = connected(devices(11), CONNECTOR);
        apply(sessions);

        List<String> one = apply(EndedSessions.of(sessions.subList(0, 1)));
        List<String> ten = apply(EndedSessions.of(sessions.subList(1, 11)));

        // Lock, end, presence, outbox.
        assertThat(one).hasSize(4);
        assertThat(ten).isEqualTo(one);
    }

    private List<FakeDevice> devices(int count) {
        return Stream.generate(world::device).limit(count).toList();
    }

    private static List<DeviceEvent> connected(List<FakeDevice> devices, int connector) {
        return devices.stream()
                .<DeviceEvent>map(device -> device.connected(UUID.randomUUID(), connector, 1))
                .toList();
    }

    private List<String> apply(List<DeviceEvent> events) {
        return ExecutedStatements.of(vertx, outbox, handler, events);
    }
}
