package dev.terminalcloud.pairing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceRegistryEvent;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Newer state on a compacted topic can't be overwritten by a relay that was paused. */
@QuarkusTest
class CompactedTopicsTest {
    private static final String TRANSACTIONAL_ID = "pairing-service-outbox";

    private static final String LOCK_OF_RELAYS =
            "select pg_advisory_xact_lock(cast(x'6F7574626F78' as bigint) # hashtext(current_schema()))";

    @Inject
    Outbox outbox;

    @Inject
    KafkaJournal journal;

    @Inject
    Database database;

    @Inject
    TestFixtures world;

    @Inject
    Pool pool;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    private String device;

    @BeforeEach
    void newDevice() {
        device = world.unregistered().id();
    }

    @Test
    void eventsWithAVersionAreSentInAKafkaTransaction() throws Throwable {
        publish(1);

        await().until(() -> versions().equals(List.of(1L)));
        assertThat(transactions().producerId()).isNotNegative();
    }

    @Test
    void relayThatTakesOverFencesTheOneBefore() throws Throwable {
        publish(1);
        await().until(() -> versions().equals(List.of(1L)));
        try (KafkaProducer<String, String> paused = relayOfAnotherReplica()) {
            database.update("update outbox_relay set holder = ?, lease_expires_at = '-infinity'", UUID.randomUUID());

            publish(2);

            await().until(() -> versions().equals(List.of(1L, 2L)));
            assertThatThrownBy(() -> sendLate(paused))
                    .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
        }
        publish(3);
        await().until(() -> versions().size() == 3);
        assertThat(versions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void relayThatWasFencedTakesOverAgain() throws Throwable {
        publish(1);
        await().until(() -> versions().equals(List.of(1L)));

        try (KafkaProducer<String, String> another = relayOfAnotherReplica()) {
            assertThat(another.metrics()).isNotEmpty();
            publish(2);

            await().until(() -> versions().equals(List.of(1L, 2L)));
        }
    }

    @Test
    void leaseHolderIsNotifiedInsteadOfOvertaken() throws Throwable {
        publish(1);
        await().until(() -> versions().equals(List.of(1L)));
        UUID holder = UUID.randomUUID();
        Queue<String> called = new ConcurrentLinkedQueue<>();
        SqlConnection other = pool.getConnection().await().indefinitely();
        try {
            PgConnection.cast(other.getDelegate()).notificationHandler(call -> called.add(call.getPayload()));
            other.query("listen outbox").executeAndAwait();
            database.update("update outbox_relay set holder = ?, lease_expires_at = now() + interval '1 hour'", holder);

            publish(2);
            await().until(() -> called.contains(holder.toString()));
            assertThat(versions()).containsExactly(1L);
        } finally {
            database.update("update outbox_relay set lease_expires_at = '-infinity'");
            other.query("unlisten outbox").executeAndAwait();
            other.closeAndAwait();
        }
        await().until(() -> versions().equals(List.of(1L, 2L)));
    }

    @Test
    void rowsSentByAFencedReplicaAreNotResent() throws Throwable {
        publish(1);
        await().until(() -> versions().equals(List.of(1L)));
        // As if this process paused between reading the row and fencing.
        database.update(
                """
                create function send_meanwhile() returns trigger language plpgsql as
                $$ begin delete from outbox where aggregateid = '%s'; return new; end $$
                """
                        .formatted(device));
        SqlConnection anotherRelay = pool.getConnection().await().indefinitely();
        try {
            anotherRelay.query("begin").executeAndAwait();
            anotherRelay.query(LOCK_OF_RELAYS).executeAndAwait();
            publish(2);
            database.update("update outbox_relay set holder = ?, lease_expires_at = '-infinity'", UUID.randomUUID());
            database.update(
                    "create trigger send_meanwhile before update on outbox_relay execute function send_meanwhile()");
            anotherRelay.query("commit").executeAndAwait();

            await().until(() -> database.count("select count(*) from outbox where aggregateid = ?", device) == 0);
        } finally {
            anotherRelay.closeAndAwait();
            database.update("drop function send_meanwhile() cascade");
        }

        publish(3);
        await().until(() -> versions().contains(3L));
        assertThat(versions()).containsExactly(1L, 3L);
    }

    private KafkaProducer<String, String> relayOfAnotherReplica() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private void sendLate(KafkaProducer<String, String> paused) {
        paused.beginTransaction();
        var unused = paused.send(new ProducerRecord<>(Topic.DEVICE_REGISTRY.topicName(), device, "{}"));
        paused.commitTransaction();
    }

    private TransactionDescription transactions() throws Throwable {
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeTransactions(List.of(TRANSACTIONAL_ID))
                    .description(TRANSACTIONAL_ID)
                    .get();
        }
    }

    private void publish(long version) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> outbox.inTransaction(transaction -> {
            transaction.append(Topic.DEVICE_REGISTRY, new DeviceRevoked(device, version));
            return Uni.createFrom().voidItem();
        }));
    }

    private List<Long> versions() {
        return journal.events(Topic.DEVICE_REGISTRY, device, DeviceRegistryEvent.DeviceState.class).stream()
                .map(DeviceRegistryEvent.DeviceState::version)
                .toList();
    }
}
