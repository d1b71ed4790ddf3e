package dev.terminalcloud.pairing.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.ConnectorEvent.ConnectorStarted;
import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The current session of a device: the one to which the service sends a code that the device asked for. */
@QuarkusTest
class DeviceSessionsTest {
    /** Connectors that only these tests use. */
    private static final AtomicInteger CONNECTORS = new AtomicInteger(20);

    private final int connector = CONNECTORS.getAndIncrement();
    private final int other = CONNECTORS.getAndIncrement();

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Test
    void commandGoesToThePartitionOfTheDevicesConnector() {
        FakeDevice device = world.device().hello(connector, 1);

        device.freshCode();

        assertThat(kafka.records(Topic.DEVICE_COMMANDS.topicName(), device.id()))
                .extracting(ConsumerRecord::partition)
                .containsOnly(connector);
    }

    @Test
    void lateDisconnectDoesNotHideANewerSession() {
        FakeDevice device = world.device().hello(connector, 1);
        UUID older = device.session();
        device.hello(other, 1).disconnect(older);

        device.freshCode();

        assertThat(device.shown().get(0).sessionId()).isEqualTo(device.session());
    }

    @Test
    void disconnectOfTheNewestSessionFallsBackToTheOlder() {
        FakeDevice device = world.device().hello(connector, 1);
        UUID older = device.session();
        UUID newer = device.hello(connector, 1).session();
        device.disconnect(newer);

        device.say(new PairingCodeRequested(device.id(), older));

        assertThat(device.command(1, ShowPairingCode.class).sessionId()).isEqualTo(older);
    }

    @Test
    void disconnectBeforeHelloKeepsTheSessionClosed() {
        FakeDevice device = world.device().hello(connector, 1);
        UUID gone = UUID.randomUUID();
        UUID current = device.session();

        device.disconnect(gone).say(device.connected(gone, connector, 1)).freshCode();

        assertThat(device.shown().get(0).sessionId()).isEqualTo(current);
        assertThat(device.commands(TellUnpaired.class)).hasSize(1);
    }

    @Test
    void olderSessionOnAnotherConnectorIsEnded() {
        FakeDevice device = world.device().hello(connector, 1);
        UUID older = device.session();

        device.hello(other, 1);

        assertThat(device.command(1, EndSession.class)).isEqualTo(new EndSession(device.id(), older));
        assertThat(kafka.records(Topic.DEVICE_COMMANDS.topicName(), device.id()))
                .extracting(ConsumerRecord::partition)
                .as("told unpaired, end of the older session, told unpaired")
                .contains(connector, connector, other);
    }

    @Test
    void olderSessionOnTheSameConnectorNeedsNoCommand() {
        FakeDevice device = world.device().hello(connector, 1).hello(connector, 1);

        device.freshCode();

        assertThat(device.commands(EndSession.class)).isEmpty();
    }

    @Test
    void newStartOfAConnectorEndsTheSessionsOfTheStartBefore() {
        FakeDevice device = world.device().hello(connector, 5);
        UUID session = device.session();
        device.freshCode();

        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorStarted(connector, 9));

        await().until(() -> isEnded(session));
    }

    @Test
    void helloOfAnEndedStartOpensNothing() {
        FakeDevice device = world.device();
        FakeDevice witness = world.device().hello(connector, 9);
        witness.freshCode();

        device.hello(connector, 5).askForCode();

        await().until(() -> isEnded(device.session()));
        witness.freshCode();
        assertThat(device.shown()).isEmpty();
    }

    @Test
    void helloMayAnnounceANewEpochFirst() {
        FakeDevice device = world.device().hello(connector, 5);
        UUID older = device.session();

        device.hello(connector, 9).freshCode();

        device.say(new PairingCodeRequested(device.id(), older)).freshCode();
        assertThat(device.shown()).hasSize(2);
    }

    @Test
    void timedOutConnectorsSessionsAreSuspendedUntilItsHeartbeat() {
        FakeDevice device = world.device().hello(connector, 3);
        device.freshCode();
        database.update("update connector set suspended_at = now() where connector_index = ?", connector);
        FakeDevice witness = world.device().hello(other, 1);
        device.askForCode();
        witness.freshCode();
        assertThat(device.shown()).hasSize(1);

        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorHeartbeat(connector, 3, null));

        await().until(() -> database.query("select suspended_at from connector where connector_index = ?", connector)
                        .get(0)
                == null);
        device.freshCode();
        assertThat(device.shown()).hasSize(2);
    }

    @Test
    void helloOfAnEarlierStartDoesNotEndASuspension() {
        FakeDevice device = world.device().hello(connector, 3);
        device.freshCode();
        database.update("update connector set suspended_at = now() where connector_index = ?", connector);

        FakeDevice late = world.device().hello(connector, 3);

        await().until(() ->
                database.count("select count(*) from device_session where session_id = ?", late.session()) == 1);
        assertThat(database.query("select suspended_at from connector where connector_index = ?", connector))
                .doesNotContainNull();
    }

    private boolean isEnded(UUID session) {
        return database.count(
                        "select count(*) from device_session where session_id = ? and ended_at is not null", session)
                == 1;
    }
}
