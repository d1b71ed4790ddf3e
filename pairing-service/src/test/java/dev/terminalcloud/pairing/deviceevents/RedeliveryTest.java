package dev.terminalcloud.pairing.deviceevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Redelivered events, as after a crash: they have no second effect. */
@QuarkusTest
class RedeliveryTest {
    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Test
    void redeliveredRequestIssuesNoSecondCode() {
        FakeDevice device = world.device().hello();
        PairingCodeRequested request = new PairingCodeRequested(device.id(), device.session());
        EventMetadata metadata = metadata(request);
        kafka.send(Topic.DEVICE_EVENTS, request, metadata);
        await().until(() -> device.shown().size() == 1);

        kafka.send(Topic.DEVICE_EVENTS, request, metadata);

        waitForEverythingBefore(device);
        assertThat(device.shown()).hasSize(1);
        assertThat(world.register().pair(device.shown().get(0).code()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestThatTheDeviceRepeatsIsAnsweredWithAFreshCode() {
        FakeDevice device = world.device().hello();

        String first = device.freshCode();
        String second = device.freshCode();

        assertThat(first).matches("[0-9]{8}").isNotEqualTo(second);
        assertThat(device.shown().get(1).expiresInSeconds()).isEqualTo(120);
    }

    @Test
    void redeliveredUnpairRequestEndsNoLaterPairing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        UnpairRequested request = new UnpairRequested(device.id(), device.session(), 1);
        EventMetadata metadata = metadata(request);
        kafka.send(Topic.DEVICE_EVENTS, request, metadata);
        register.event(2);
        register.pair(device.freshCode());

        kafka.send(Topic.DEVICE_EVENTS, request, metadata);

        waitForEverythingBefore(device);
        assertThat(register.events()).hasSize(3);
        assertThat(database.count("select pairing_number from device where device_id = ?", device.id()))
                .isEqualTo(3);
    }

    @Test
    void redeliveredHelloPublishesNothing() {
        FakeDevice device = world.device().hello(1, 1);
        DeviceEvent older = device.connected(device.session(), 1, 1);
        device.hello(2, 1);
        device.command(1, EndSession.class);

        kafka.send(Topic.DEVICE_EVENTS, older, older);

        waitForEverythingBefore(device);
        assertThat(device.commands(EndSession.class)).hasSize(1);
        assertThat(device.commands(TellUnpaired.class)).hasSize(2);
    }

    @Test
    void requestOfASessionThatIsNotTheCurrentOneIsIgnored() {
        FakeDevice device = world.device().hello();
        PairingCodeRequested late = new PairingCodeRequested(device.id(), device.session());
        device.hello();

        kafka.send(Topic.DEVICE_EVENTS, late);

        waitForEverythingBefore(device);
        assertThat(device.shown()).isEmpty();
    }

    @Test
    void eventsOfADeviceThatTheRegistryDoesNotKnowAreIgnored() {
        FakeDevice unregistered = world.unregistered().hello().askForCode().unpair(0);

        waitForEverythingBefore(unregistered);
        assertThat(kafka.events(Topic.DEVICE_COMMANDS, unregistered.id())).isEmpty();
    }

    private static EventMetadata metadata(DeviceEvent event) {
        return EventMetadata.of(event, "/device-connector", Clock.systemUTC());
    }

    /** Disconnecting has a visible effect, and all earlier events of the device have been applied by then. */
    private void waitForEverythingBefore(FakeDevice device) {
        UUID mark = UUID.randomUUID();
        device.disconnect(mark);
        await().until(() -> database.count("select count(*) from device_session where session_id = ?", mark) == 1);
    }
}
