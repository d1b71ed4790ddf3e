package dev.terminalcloud.pairing.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.ConnectorEvent.ConnectorStarted;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceAdmitted;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceChange;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOffline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceOnline;
import dev.terminalcloud.events.DeviceLifecycleEvent.DevicePaired;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceUnpaired;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Events on the topic {@code device-lifecycle} about connections and pairings. */
@QuarkusTest
class DeviceLifecycleTest {
    /** Connectors that only one test each uses. */
    private static final int SILENT = 10;

    private static final int RESTARTED = 11;

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Test
    void onlineAndOfflineArePublishedInOrder() {
        FakeDevice device = world.device().hello();
        device.disconnect(device.session()).hello();

        assertThat(device.lifecycle(4))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1),
                        online(device, 2),
                        new DeviceOffline(device.id(), 3),
                        online(device, 4));
    }

    @Test
    void reconnectingDeviceIsNeverOffline() {
        FakeDevice device = world.device().hello();
        UUID older = device.session();
        device.hello().disconnect(older);

        device.disconnect(device.session());

        assertThat(device.lifecycle(3))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1), online(device, 2), new DeviceOffline(device.id(), 3));
    }

    @Test
    void redeliveredEventIsNotPublishedAgain() {
        FakeDevice device = world.device().hello();
        DeviceConnected hello = device.connected(device.session(), 0, 1);
        device.disconnect(device.session())
                .say(hello)
                .disconnect(device.session())
                .say(hello);

        device.hello();

        assertThat(device.lifecycle(4))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1),
                        online(device, 2),
                        new DeviceOffline(device.id(), 3),
                        online(device, 4));
    }

    @Test
    void devicesOfATimedOutConnectorAreOfflineUntilItsHeartbeat() {
        FakeDevice device = world.device().hello(SILENT, 3);
        device.lifecycle(2);

        database.update("update connector set suspended_at = now() where connector_index = ?", SILENT);
        DeviceChange gone = device.lifecycle(3).get(2);
        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorHeartbeat(SILENT, 3, null));

        assertThat(gone).isEqualTo(new DeviceOffline(device.id(), 3));
        assertThat(device.lifecycle(4)).endsWith(online(device, 4));
    }

    @Test
    void devicesOfARestartedConnectorAreOfflineUntilHello() {
        FakeDevice device = world.device().hello(RESTARTED, 3);
        device.lifecycle(2);

        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorStarted(RESTARTED, 8));
        DeviceChange gone = device.lifecycle(3).get(2);
        device.hello(RESTARTED, 8);

        assertThat(gone).isEqualTo(new DeviceOffline(device.id(), 3));
        assertThat(device.lifecycle(4)).endsWith(online(device, 4));
    }

    @Test
    void unregisteredDeviceIsNotPublished() {
        FakeDevice unregistered = world.unregistered().hello();
        FakeDevice device = world.device().hello();

        device.lifecycle(2);

        assertThat(unregistered.lifecycle()).isEmpty();
    }

    @Test
    void newestStatusIsKeptAndThatOfAnOlderSessionIsNot() {
        FakeDevice device = world.device().hello();
        UUID older = device.session();
        device.hello()
                .say(new DeviceStatusChanged(device.id(), device.session(), DeviceStatus.REVERSAL_PENDING))
                .say(new DeviceStatusChanged(device.id(), older, DeviceStatus.NOT_LOGGED_ON))
                .freshCode();

        assertThat(database.query("select status from device where device_id = ?", device.id()))
                .containsExactly("REVERSAL_PENDING");
    }

    @Test
    void pairingAndUnpairingArePublished() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        device.unpair(1);

        assertThat(device.lifecycle(4)).endsWith(paired(device, 3, 1, register), unpaired(device, 4, 2, register));
    }

    @Test
    void deviceThatIsTakenByAnotherRegisterLosesTheFirst() {
        FakeDevice device = world.device().hello();
        FakeRegister first = world.register();
        FakeRegister second = world.register();
        first.pair(device.freshCode());

        second.pair(device.freshCode());

        assertThat(device.lifecycle(5))
                .endsWith(paired(device, 3, 1, first), unpaired(device, 4, 2, first), paired(device, 5, 2, second));
    }

    @Test
    void deviceReplacedByRepairingIsPublished() {
        FakeDevice previous = world.device().hello();
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(previous.freshCode());

        register.pair(device.freshCode());

        assertThat(previous.lifecycle(4)).endsWith(unpaired(previous, 4, 2, register));
        assertThat(device.lifecycle(3)).endsWith(paired(device, 3, 1, register));
    }

    @Test
    void repeatedClaimChangesNothingOfTheDevice() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        register.pair(code);

        device.disconnect(device.session());

        assertThat(device.lifecycle(4).get(2)).isEqualTo(paired(device, 3, 1, register));
        assertThat(device.lifecycle()).hasSize(4);
    }

    @Test
    void eventsOfADeviceHaveNoGapInTheirVersions() {
        FakeDevice device = world.device();
        for (int i = 0; i < 5; i++) {
            device.hello();
            world.register().pair(device.freshCode());
            device.disconnect(device.session());
        }

        await().until(() -> device.lifecycle().size() == 1 + 5 + 5 + 4 + 5);
        assertThat(device.lifecycle())
                .extracting(DeviceChange::version)
                .containsExactly(
                        1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }

    private static DeviceOnline online(FakeDevice device, long version) {
        return new DeviceOnline(device.id(), version, "T100", "1.0", DeviceStatus.READY);
    }

    private static DevicePaired paired(FakeDevice device, long version, long number, FakeRegister register) {
        return new DevicePaired(
                device.id(),
                version,
                number,
                register.vendor(),
                register.id(),
                register.business(),
                register.name(),
                null);
    }

    private static DeviceUnpaired unpaired(FakeDevice device, long version, long number, FakeRegister register) {
        return new DeviceUnpaired(device.id(), version, number, register.vendor(), register.id());
    }
}
