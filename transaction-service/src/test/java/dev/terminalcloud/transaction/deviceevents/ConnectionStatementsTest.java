package dev.terminalcloud.transaction.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.EndedSessions;
import dev.terminalcloud.embedded.test.ExecutedStatements;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.outbox.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cost of a batch of connections for the database, however many devices it has: every device that floods connects all the time. */
@QuarkusTest
class ConnectionStatementsTest {
    /** A connector that only these tests use. */
    private static final int CONNECTOR = 17;

    private static final AtomicLong IDS = new AtomicLong(90_000_000_000L);

    @Inject
    Outbox outbox;

    @Inject
    DeviceEventHandler handler;

    @Inject
    Vertx vertx;

    @Test
    void batchOfConnectionsCostsAsMuchAsOne() {
        List<String> devices = devices(11);
        apply(connected(devices));

        List<String> one = apply(connected(devices.subList(0, 1)));
        List<String> ten = apply(connected(devices.subList(1, 11)));

        // Lock devices, lock their open transactions, open, load routes.
        assertThat(one).hasSize(4);
        assertThat(ten).hasSameSizeAs(one);
    }

    @Test
    void batchOfDisconnectsCostsAsMuchAsOne() {
        List<DeviceEvent> sessions = connected(devices(11));
        apply(sessions);

        List<String> one = apply(EndedSessions.of(sessions.subList(0, 1)));
        List<String> ten = apply(EndedSessions.of(sessions.subList(1, 11)));

        // Lock, end, load routes.
        assertThat(one).hasSize(3);
        assertThat(ten).hasSameSizeAs(one);
    }

    private static List<String> devices(int count) {
        return Stream.generate(() -> Long.toString(IDS.incrementAndGet()))
                .limit(count)
                .toList();
    }

    private static List<DeviceEvent> connected(List<String> devices) {
        return devices.stream()
                .<DeviceEvent>map(device ->
                        new DeviceConnected(device, UUID.randomUUID(), CONNECTOR, 1, "T100", "1.0", DeviceStatus.READY))
                .toList();
    }

    private List<String> apply(List<DeviceEvent> events) {
        return ExecutedStatements.of(vertx, outbox, handler, events);
    }
}
