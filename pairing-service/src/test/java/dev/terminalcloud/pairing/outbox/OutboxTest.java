package dev.terminalcloud.pairing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event is published if and only if its database transaction commits, and those of one key in their order. */
@QuarkusTest
class OutboxTest {
    private static final UUID SESSION = UUID.randomUUID();
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    Outbox outbox;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Inject
    DataSource source;

    @Inject
    TestFixtures world;

    private String device;

    @BeforeEach
    void newDevice() {
        device = world.unregistered().id();
    }

    @Test
    void eventOfACommittedTransactionIsPublishedWithItsMetadata() throws Throwable {
        commit(transaction -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping("1")));

        await().until(() -> nonces().equals(List.of("1")));
        ConsumerRecord<String, byte[]> published =
                kafka.records(Topic.DEVICE_COMMANDS.topicName(), device).get(0);
        assertThat(published.partition()).isEqualTo(7);
        assertThat(header(published, "ce_type")).isEqualTo("device.ping.v1");
        assertThat(header(published, "ce_source")).isEqualTo("/pairing-service");
        assertThat(UUID.fromString(header(published, "ce_id"))).isNotNull();
        assertThat(header(published, "ce_time")).isNotEmpty();
    }

    @Test
    void rowIsDeletedOnceAcknowledged() throws Throwable {
        commit(transaction -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping("1")));

        await().until(() -> database.count("select count(*) from outbox where aggregateid = ?", device) == 0);
        assertThat(nonces()).containsExactly("1");
    }

    @Test
    void eventOfARolledBackTransactionNeverLeaves() throws Throwable {
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(() -> outbox.inTransaction(transaction -> {
                    transaction.append(Topic.DEVICE_COMMANDS, 7, ping("never"));
                    return transaction
                            .session()
                            .createNativeQuery("insert into device (device_id) values ('no device')")
                            .executeUpdate();
                })))
                .isNotNull();
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(() -> outbox.inTransaction(transaction -> {
                    transaction.append(Topic.DEVICE_COMMANDS, 7, ping("never"));
                    return Uni.createFrom().failure(new IllegalStateException("refused"));
                })))
                .hasMessage("refused");

        commit(transaction -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping("after")));

        await().until(() -> !nonces().isEmpty());
        assertThat(nonces()).containsExactly("after");
    }

    @Test
    void eventsOfOneKeyKeepTheirOrderAcrossTransactions() throws Throwable {
        List<String> expected =
                IntStream.range(0, 300).mapToObj(Integer::toString).toList();

        for (int first = 0; first < 300; first += 3) {
            List<String> three = expected.subList(first, first + 3);
            commit(transaction -> three.forEach(nonce -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping(nonce))));
        }

        await().until(() -> nonces().size() >= 300);
        assertThat(firstOfEach()).isEqualTo(expected);
    }

    @Test
    void moreEventsThanOneBatchLeaveInOrder() throws Throwable {
        List<String> expected =
                IntStream.range(0, 1_700).mapToObj(Integer::toString).toList();

        commit(transaction -> expected.forEach(nonce -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping(nonce))));

        await().until(() -> nonces().size() >= expected.size());
        assertThat(firstOfEach()).isEqualTo(expected);
    }

    @Test
    void eventMustBelongOnItsTopic() {
        assertThatThrownBy(() -> commit(transaction ->
                        transaction.append(Topic.DEVICE_COMMANDS, new DevicePonged(device, SESSION, "1"))))
                .hasMessage("device.ponged.v1 must not be published to device-commands");
    }

    @Test
    void rowsLeftByACrashArePublishedBySweep() {
        leaveBehind("crashed", 7);

        await().until(() -> nonces().equals(List.of("crashed")));
    }

    @Test
    void eventsAboutATransactionHaveItsTrace() throws Throwable {
        UUID traced = UUID.randomUUID();
        commit(transaction -> {
            transaction.continueTrace(traced, TRACEPARENT);
            transaction.append(Topic.DEVICE_COMMANDS, 7, new GrantStart(device, SESSION, traced));
            transaction.append(Topic.DEVICE_COMMANDS, 7, new GrantStart(device, SESSION, UUID.randomUUID()));
        });

        await().until(() -> commands().size() == 2);
        assertThat(header(commands().get(0), "traceparent")).isEqualTo(TRACEPARENT);
        assertThat(commands().get(1).headers().lastHeader("traceparent")).isNull();
    }

    @Test
    void rowLeftByACrashIsPublishedBySweepWithItsTrace() {
        leaveBehind("crashed", 7, TRACEPARENT);

        await().until(() -> nonces().equals(List.of("crashed")));
        assertThat(header(commands().get(0), "traceparent")).isEqualTo(TRACEPARENT);
    }

    @Test
    void unsendableRowBlocksOnlyItsOrderingKey() throws Throwable {
        int noSuchPartition = Topic.DEVICE_COMMANDS.partitions();
        leaveBehind("stuck", noSuchPartition);
        leaveBehind("free", 7);

        await().until(() -> nonces().equals(List.of("free")));
        await().until(() -> database.count("select count(*) from outbox where aggregateid = ?", device) == 1);
        commit(transaction -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping("later")));
        await().until(() -> nonces().equals(List.of("free", "later")));

        await().until(() -> database.count("select count(*) from outbox where aggregateid = ?", device) == 1);
        assertThat(database.update("delete from outbox where aggregateid = ?", device))
                .isEqualTo(1);
    }

    @Test
    void committedEventDoesNotWaitForTheRelay() throws Throwable {
        try (Connection another = source.getConnection()) {
            lockRelay(another);
            commit(transaction -> transaction.append(Topic.DEVICE_COMMANDS, 7, ping("at once")));

            await().until(() -> nonces().equals(List.of("at once")));
            await().until(() -> database.count("select count(*) from outbox where aggregateid = ?", device) == 0);
            another.rollback();
        }
        assertThat(nonces()).containsExactly("at once");
    }

    /** The relay takes a row for one that was left behind after 2 s and sweeps every second: within 5 s it would have published. */
    @Test
    void relayWaitsWhileAnotherReplicasWorks() throws Throwable {
        try (Connection another = source.getConnection()) {
            lockRelay(another);
            leaveBehind("waits", 7);
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofMinutes(1)).until(() -> nonces().isEmpty());
            another.rollback();
        }

        await().until(() -> nonces().equals(List.of("waits")));
    }

    private static void lockRelay(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement(
                "select pg_advisory_xact_lock(x'6F7574626F78'::bigint # hashtext(current_schema()))")) {
            statement.execute();
        }
    }

    private void leaveBehind(String nonce, int partition) {
        leaveBehind(nonce, partition, null);
    }

    private void leaveBehind(String nonce, int partition, String traceparent) {
        database.update(
                """
                insert into outbox (id, aggregatetype, aggregateid, partition, type, traceparent, payload)
                values (?, 'device-commands', ?, ?, 'device.ping.v1', ?, ?)
                """,
                UUID.randomUUID(),
                device,
                partition,
                traceparent,
                "{\"type\":\"device.ping.v1\",\"deviceId\":\"%s\",\"nonce\":\"%s\"}".formatted(device, nonce));
    }

    private void commit(Consumer<WriteTransaction> work) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> outbox.inTransaction(transaction -> {
            work.accept(transaction);
            return Uni.createFrom().voidItem();
        }));
    }

    private PingDevice ping(String nonce) {
        return new PingDevice(device, SESSION, nonce);
    }

    /** Returns the nonces without those that came twice, as each may: the relay does not know what is about to be acknowledged. */
    private List<String> firstOfEach() {
        return nonces().stream().distinct().toList();
    }

    private List<ConsumerRecord<String, byte[]>> commands() {
        return kafka.records(Topic.DEVICE_COMMANDS.topicName(), device);
    }

    private List<String> nonces() {
        return kafka.events(Topic.DEVICE_COMMANDS, device, PingDevice.class).stream()
                .map(PingDevice::nonce)
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> published, String name) {
        return new String(published.headers().lastHeader(name).value(), UTF_8);
    }
}
