package dev.terminalcloud.pairing.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceAdmitted;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOffline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOnline;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many devices that connect and disconnect at once, as in an outage: each is handled as if alone, with few statements. */
@QuarkusTest
class MassReconnectTest {
    private static final int DEVICES = 40;

    /** Connectors that only these tests use. */
    private static final int CONNECTOR = 14;

    private static final int OTHER = 15;

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    DataSource source;

    @AfterEach
    void countNoMore() {
        database.update("drop trigger if exists count_statements on device_session");
    }

    @Test
    void eachDeviceIsPublishedInOrderWithFewStatements() throws SQLException {
        List<FakeDevice> devices = devices();
        FakeDevice unregistered = world.unregistered();
        countStatements();

        List<UUID> firstSessions = whileDevicesAreLocked(() -> {
            List<UUID> sessions = devices.stream()
                    .map(device -> device.hello(CONNECTOR, 1).session())
                    .toList();
            unregistered.hello(CONNECTOR, 1);
            devices.forEach(device -> device.disconnect(device.session()));
            devices.forEach(device -> device.hello(CONNECTOR, 1));
            return sessions;
        });

        for (int i = 0; i < devices.size(); i++) {
            FakeDevice device = devices.get(i);
            assertThat(device.lifecycle(4))
                    .containsExactly(
                            new DeviceAdmitted(device.id(), 1),
                            online(device, 2),
                            new DeviceOffline(device.id(), 3),
                            online(device, 4));
            device.command(2, TellUnpaired.class);
            assertThat(device.commands(TellUnpaired.class))
                    .extracting(SessionCommand::sessionId)
                    .containsExactly(firstSessions.get(i), device.session());
        }
        assertThat(unregistered.commands(TellUnpaired.class)).isEmpty();
        assertThat(statements()).isBetween(1L, DEVICES / 2L);
    }

    @Test
    void olderSessionsOnAnotherConnectorAreAllEnded() throws SQLException {
        List<FakeDevice> devices = devices();
        List<UUID> older =
                devices.stream().map(device -> device.hello(OTHER, 1).session()).toList();
        devices.forEach(device -> device.command(1, TellUnpaired.class));

        whileDevicesAreLocked(() -> {
            devices.forEach(device -> device.hello(CONNECTOR, 1));
            return null;
        });

        for (int i = 0; i < devices.size(); i++) {
            FakeDevice device = devices.get(i);
            assertThat(device.command(1, EndSession.class)).isEqualTo(new EndSession(device.id(), older.get(i)));
        }
    }

    private List<FakeDevice> devices() {
        return Stream.generate(world::device).limit(DEVICES).toList();
    }

    private static DeviceOnline online(FakeDevice device, long version) {
        return new DeviceOnline(device.id(), version, "T100", "1.0", DeviceStatus.READY);
    }

    private interface Action<T> {
        T done();
    }

    /** Runs the action while the consumer is blocked, so that its events are received in one batch afterwards. */
    private <T> T whileDevicesAreLocked(Action<T> action) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table device_route in access exclusive mode");
            T result = action.done();
            connection.rollback();
            connection.setAutoCommit(true);
            return result;
        }
    }

    private void countStatements() {
        database.update("create sequence if not exists statements_of_test");
        database.update("alter sequence statements_of_test restart");
        database.update(
                """
                create or replace function count_statement() returns trigger language plpgsql
                security definer set search_path = pairing as $$
                begin
                    perform nextval('statements_of_test');
                    return null;
                end $$
                """);
        database.update("create trigger count_statements after insert on device_session for each statement"
                + " execute function count_statement()");
    }

    private long statements() {
        await().until(() ->
                database.query("select is_called from statements_of_test").contains(true));
        return database.count("select last_value from statements_of_test");
    }
}
