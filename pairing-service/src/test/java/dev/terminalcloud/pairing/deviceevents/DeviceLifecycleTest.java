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

/** What the topic {@code device-lifecycle} says about connections and pairings. */
@QuarkusTest
class DeviceLifecycleTest {
    /** Connectors of one test each. */
    private static final int SILENT = 10;

    private static final int STARTED_ANEW = 11;

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Test
    void deviceThatComesAndGoesIsToldInOrder() {
        FakeDevice device = world.device().hello();
        device.goodbye(device.session()).hello();

        assertThat(device.lifecycle(4))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1),
                        online(device, 2),
                        new DeviceOffline(device.id(), 3),
                        online(device, 4));
    }

    @Test
    void deviceThatConnectsAnewWhileItsOldConnectionIsOpenIsNeverOffline() {
        FakeDevice device = world.device().hello();
        UUID older = device.session();
        device.hello().goodbye(older);

        device.goodbye(device.session());

        assertThat(device.lifecycle(3))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1), online(device, 2), new DeviceOffline(device.id(), 3));
    }

    @Test
    void whatIsReceivedAgainIsNotToldAgain() {
        FakeDevice device = world.device().hello();
        DeviceConnected hello = device.connected(device.session(), 0, 1);
        device.goodbye(device.session()).say(hello).goodbye(device.session()).say(hello);

        device.hello();

        assertThat(device.lifecycle(4))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1),
                        online(device, 2),
                        new DeviceOffline(device.id(), 3),
                        online(device, 4));
    }

    @Test
    void devicesOfASilentConnectorAreOfflineUntilItIsHeardAgain() {
        FakeDevice device = world.device().hello(SILENT, 3);
        device.lifecycle(2);

        database.update("update connector set suspended_at = now() where connector_index = ?", SILENT);
        DeviceChange gone = device.lifecycle(3).get(2);
        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorHeartbeat(SILENT, 3));

        assertThat(gone).isEqualTo(new DeviceOffline(device.id(), 3));
        assertThat(device.lifecycle(4)).endsWith(online(device, 4));
    }

    @Test
    void devicesOfAConnectorThatStartsAnewAreOfflineUntilTheySayHello() {
        FakeDevice device = world.device().hello(STARTED_ANEW, 3);
        device.lifecycle(2);

        kafka.send(Topic.CONNECTOR_EVENTS, new ConnectorStarted(STARTED_ANEW, 8));
        DeviceChange gone = device.lifecycle(3).get(2);
        device.hello(STARTED_ANEW, 8);

        assertThat(gone).isEqualTo(new DeviceOffline(device.id(), 3));
        assertThat(device.lifecycle(4)).endsWith(online(device, 4));
    }

    @Test
    void strangerIsNotToldOf() {
        FakeDevice stranger = world.stranger().hello();
        FakeDevice device = world.device().hello();

        device.lifecycle(2);

        assertThat(stranger.lifecycle()).isEmpty();
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
    void pairingByACodeAndUnpairingByTheDeviceAreTold() {
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
    void deviceWhoseRegisterTakesAnotherIsToldOf() {
        FakeDevice former = world.device().hello();
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(former.freshCode());

        register.pair(device.freshCode());

        assertThat(former.lifecycle(4)).endsWith(unpaired(former, 4, 2, register));
        assertThat(device.lifecycle(3)).endsWith(paired(device, 3, 1, register));
    }

    @Test
    void repeatedClaimIsToldOnlyIfTheNamesHaveChanged() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        register.pair(code);

        register.with("POSRegisterName", "Other name").pair(code);

        assertThat(device.lifecycle(4)).endsWith(paired(device, 4, 1, register));
    }

    @Test
    void eventsOfADeviceHaveNoGapInTheirVersions() {
        FakeDevice device = world.device();
        for (int i = 0; i < 5; i++) {
            device.hello();
            world.register().pair(device.freshCode());
            device.goodbye(device.session());
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
