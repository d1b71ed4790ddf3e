package dev.terminalcloud.pairing.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters and retries: malformed events and those that can't be applied are isolated, transient failures are retried. */
@QuarkusTest
class InboxTest {
    private static final String DEAD_LETTERS = Topic.DEVICE_EVENTS.deadLetterTopicName();

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Inject
    MeterRegistry metrics;

    @Inject
    KafkaClientService clients;

    @AfterEach
    void restore() {
        database.update("drop trigger if exists refuse on device_session");
    }

    @Test
    void malformedRecordIsDeadLetteredAndTheNextIsApplied() {
        FakeDevice device = world.device().hello();

        kafka.sendRaw(Topic.DEVICE_EVENTS, device.id(), "no event");
        device.freshCode();

        ConsumerRecord<String, byte[]> letter = letter(device.id());
        assertThat(new String(letter.value(), UTF_8)).isEqualTo("no event");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo("device-events");
        assertThat(header(letter, "dead-letter-partition")).matches("[0-9]+");
        assertThat(header(letter, "dead-letter-offset")).matches("[0-9]+");
        assertThat(header(letter, "dead-letter-consumer")).isEqualTo("pairing-service");
        assertThat(header(letter, "dead-letter-exception-class-name"))
                .isEqualTo(MalformedEventException.class.getName());
        assertThat(header(letter, "dead-letter-reason")).startsWith("Malformed event on topic device-events");
    }

    @Test
    void failingEventIsDeadLetteredAloneWithItsHeaders() {
        FakeDevice device = world.device().hello();
        UUID poison = UUID.randomUUID();
        UUID before = UUID.randomUUID();
        UUID after = UUID.randomUUID();
        refuse(poison, "23514");

        kafka.send(
                Topic.DEVICE_EVENTS,
                new DeviceDisconnected(device.id(), before, "CLOSED"),
                new DeviceDisconnected(device.id(), poison, "CLOSED"),
                new DeviceDisconnected(device.id(), after, "CLOSED"));

        await().until(() -> isApplied(before) && isApplied(after));
        ConsumerRecord<String, byte[]> letter = letter(device.id());
        assertThat(new String(letter.value(), UTF_8)).contains(poison.toString());
        assertThat(header(letter, "ce_type")).isEqualTo("device.disconnected.v1");
        assertThat(isApplied(poison)).isFalse();
    }

    @Test
    void transientFailureIsRetriedInOrder() {
        FakeDevice device = world.device().hello();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        refuse(first, "53100");
        double waits = waits();

        device.disconnect(first).disconnect(second);
        await().until(() -> waits() > waits + 1);
        assertThat(isApplied(second)).isFalse();
        restore();

        await().until(() -> isApplied(first) && isApplied(second));
        assertThat(kafka.records(DEAD_LETTERS, device.id())).isEmpty();
    }

    @Test
    void pollsDuringADatabaseTransactionShareTheNextOne() {
        FakeDevice locked = world.device().hello();
        locked.freshCode();
        List<FakeDevice> others = Stream.generate(world::device).limit(5).toList();
        List<UUID> sessions =
                Stream.generate(UUID::randomUUID).limit(others.size()).toList();

        database.lockUntilAwaited(locked.id(), () -> {
            sendAndAwaitPoll(new DeviceDisconnected(locked.id(), UUID.randomUUID(), "CLOSED"));
            for (int i = 0; i < others.size(); i++) {
                sendAndAwaitPoll(new DeviceDisconnected(others.get(i).id(), sessions.get(i), "CLOSED"));
            }
            awaitDelivery();
        });

        await().until(() -> sessions.stream().allMatch(this::isApplied));
        assertThat(database.query(
                        "select distinct xmin::text from device_session where session_id = any (cast(? as uuid[]))",
                        "{" + sessions.stream().map(UUID::toString).collect(Collectors.joining(",")) + "}"))
                .hasSize(1);
    }

    @Test
    void lostConnectionsAreReplaced() {
        FakeDevice device = world.device().hello();
        device.freshCode();

        database.query(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where usename = current_user and application_name <> 'PostgreSQL JDBC Driver'
                """);

        device.freshCode();
        assertThat(kafka.records(DEAD_LETTERS, device.id())).isEmpty();
    }

    @Test
    void eventOfAnUnknownTypeIsCountedAndSkipped() {
        FakeDevice device = world.device().hello();
        double unknown = unknown();

        kafka.sendRaw(Topic.DEVICE_EVENTS, device.id(), "{\"type\":\"device.from-the-future.v9\",\"x\":1}");
        device.freshCode();

        assertThat(unknown()).isEqualTo(unknown + 1);
        assertThat(kafka.records(DEAD_LETTERS, device.id())).isEmpty();
    }

    @Test
    void irrelevantEventIsSkipped() {
        FakeDevice device = world.device().hello();

        device.say(new TransactionProgressed(device.id(), device.session(), UUID.randomUUID(), "PRESENT CARD"))
                .freshCode();

        assertThat(kafka.records(DEAD_LETTERS, device.id())).isEmpty();
    }

    /** Makes the database reject this session with this SQLSTATE. */
    private void refuse(UUID session, String sqlState) {
        database.update(
                """
                create or replace function refuse() returns trigger language plpgsql as $$
                begin
                    if new.session_id = '%s' then
                        raise exception 'refused by the test' using errcode = '%s';
                    end if;
                    return new;
                end $$
                """
                        .formatted(session, sqlState));
        database.update("create trigger refuse before insert on device_session for each row execute function refuse()");
    }

    /** Sends the event alone, so that a poll has nothing else. */
    private void sendAndAwaitPoll(DeviceEvent event) {
        double before = polledRecords();
        kafka.send(Topic.DEVICE_EVENTS, event);
        await().until(() -> polledRecords() > before);
    }

    /** The thread that polls has handed over what it has polled when it does something else. */
    private void awaitDelivery() {
        assertThat(clients.getConsumer("device-events").getAssignments().await().atMost(Duration.ofMinutes(1)))
                .isNotEmpty();
    }

    private double polledRecords() {
        return clients.getConsumer("device-events").unwrap().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-consumed-total")
                        && !metric.getKey().tags().containsKey("topic"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    private boolean isApplied(UUID session) {
        return database.count("select count(*) from device_session where session_id = ?", session) == 1;
    }

    private ConsumerRecord<String, byte[]> letter(String key) {
        await().until(() -> !kafka.records(DEAD_LETTERS, key).isEmpty());
        List<ConsumerRecord<String, byte[]>> letters = kafka.records(DEAD_LETTERS, key);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private double waits() {
        return metrics.counter("inbox.retries", "topic", "device-events").count();
    }

    private double unknown() {
        return metrics.counter("inbox.events.unknown", "topic", "device-events").count();
    }
}
