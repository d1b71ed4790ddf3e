package dev.terminalcloud.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceRegistryEvent.RegistryPublished;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import dev.terminalcloud.servicestart.KafkaReplaced;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of compacted topics is published again when Kafka has lost it. Kafka itself keeps it here: the database knows other topics. */
@QuarkusTest
class RegistryPublicationTest {
    private static final String OTHER_COPIES =
            "update kafka_topics set topic_ids = split_part(topic_ids, ' ', 1) || ' device-registry=x pairing-events=y'";
    private static final String OTHER_TOPICS = "update kafka_topics set topic_ids = 'those before'";
    private static final double MARK_SECONDS = 1_000_000_000;

    @Inject
    KafkaJournal journal;

    @Inject
    Database database;

    @Inject
    TestFixtures world;

    @Inject
    MeterRegistry metrics;

    @Inject
    jakarta.enterprise.event.Event<KafkaReplaced> kafkaReplaced;

    @Test
    void devicesAndPairingsArePublishedAgainAsTheyAre() {
        FakeDevice paired = world.device();
        FakeRegister register = world.register();
        register.pair(paired.hello().freshCode());
        FakeDevice revoked = world.device();
        world.ask("PUT", "/admin/devices/" + revoked.id() + "/revocation", null);
        await().until(() -> registry(revoked.id()).size() == 2);

        publishAgain();

        await().until(() -> registry(revoked.id()).size() == 3);
        assertThat(registry(revoked.id()).get(2))
                .isInstanceOf(DeviceRevoked.class)
                .isEqualTo(registry(revoked.id()).get(1));
        assertThat(registry(paired.id()))
                .hasOnlyElementsOfType(DeviceRegistered.class)
                .hasSize(2);
        await().until(() -> register.events().size() == 2);
        assertThat(register.events().get(1))
                .isInstanceOf(RegisterPaired.class)
                .isEqualTo(register.events().get(0));
    }

    @Test
    void endOfTheNewestPairingOfADeviceIsPublishedAgain() {
        FakeDevice device = world.device();
        FakeRegister register = world.register();
        register.pair(device.hello().freshCode());
        world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing", null);
        await().until(() -> register.events().size() == 2);

        publishAgain();

        await().until(() -> register.events().size() == 3);
        assertThat(register.events().get(2))
                .isInstanceOf(RegisterUnpaired.class)
                .isEqualTo(register.events().get(1));
    }

    @Test
    void connectorsGetAFirstEpochThatIsGreaterThanAllBeforeAndFollowsTheDevices() {
        FakeDevice device = world.device();
        await().until(() -> registry(device.id()).size() == 1);
        RegistryPublished first = publishAgain();

        RegistryPublished second = publishAgain();

        assertThat(registry(device.id())).hasSizeGreaterThanOrEqualTo(3);
        assertThat(first.firstEpoch()).isGreaterThan(1_790_000_000_000_000L);
        assertThat(second.firstEpoch()).isGreaterThanOrEqualTo(first.firstEpoch() + 1_000_000_000);
        assertThat(second.version()).isEqualTo(first.version() + 1);
    }

    @Test
    void epochsGoOnAsTheyAreIfTheTopicOfCommandsIsTheSame() {
        RegistryPublished before = publishAgain();

        RegistryPublished again = publishAgain(OTHER_COPIES);

        assertThat(again).isEqualTo(new RegistryPublished(before.version() + 1, before.firstEpoch()));
    }

    @Test
    void nothingIsPublishedAgainForTheSameTopics() {
        publishAgain();
        int before = publications().size();
        FakeDevice device = world.device();
        await().until(() -> registry(device.id()).size() == 1);

        checkTheSameTopics();
        publishAgain();

        assertThat(publications()).hasSize(before + 1);
        assertThat(registry(device.id())).hasSize(2);
    }

    /** Returns when a check that began after this has ended: at its end it has read when the last publication began. */
    private void checkTheSameTopics() {
        database.update("update kafka_topics set began_at = to_timestamp(?)", MARK_SECONDS);
        kafkaReplaced.fire(new KafkaReplaced());
        await().until(() ->
                metrics.get("pairing.registry.published.seconds").gauge().value() == MARK_SECONDS);
    }

    private RegistryPublished publishAgain() {
        return publishAgain(OTHER_TOPICS);
    }

    private RegistryPublished publishAgain(String change) {
        int before = publications().size();
        database.update(change);
        kafkaReplaced.fire(new KafkaReplaced());
        await().until(() -> publications().size() > before);
        return publications().get(before);
    }

    private List<RegistryPublished> publications() {
        return journal.events(Topic.DEVICE_REGISTRY, "registry", RegistryPublished.class);
    }

    private List<Event> registry(String deviceId) {
        return journal.events(Topic.DEVICE_REGISTRY, deviceId);
    }
}
