package dev.terminalcloud.pairing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A second consumer joins the group while polls wait in the inbox of the first: a record is applied by the owner of its partition only. */
@QuarkusTest
class InboxRebalanceTest {
    private static final String CHANNEL = "device-events";
    private static final String TOPIC = Topic.DEVICE_EVENTS.topicName();
    private static final String GROUP = "pairing-service";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** So many that hardly ever all of them are in the partitions of one of two consumers. */
    private static final int DEVICES = 40;

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Inject
    KafkaClientService clients;

    @Test
    void recordsThatWaitAreAppliedByTheNextOwnerOfTheirPartition() {
        FakeDevice locked = world.device().hello();
        locked.freshCode();
        Map<String, UUID> sessions = Stream.generate(world::unregistered)
                .limit(DEVICES)
                .collect(Collectors.toMap(FakeDevice::id, device -> UUID.randomUUID()));
        Set<String> received = new HashSet<>();

        try (KafkaConsumer<String, byte[]> second = kafka.memberOf(GROUP)) {
            database.lockUntilAwaited(locked.id(), () -> {
                send(Map.of(locked.id(), UUID.randomUUID()));
                awaitBatchInProgress();
                send(sessions);
                second.subscribe(List.of(TOPIC));
                await().atMost(TIMEOUT).until(() -> {
                    second.poll(Duration.ofMillis(100)).forEach(found -> received.add(found.key()));
                    Set<TopicPartition> assigned = second.assignment();
                    return !assigned.isEmpty() && received.containsAll(keysOf(assigned, sessions));
                });
            });

            Set<String> moved = keysOf(second.assignment(), sessions);
            Set<String> kept = new HashSet<>(sessions.keySet());
            kept.removeAll(moved);
            assertThat(moved).isNotEmpty();
            assertThat(kept).isNotEmpty();
            await().atMost(TIMEOUT).until(() -> applied(sessions).containsAll(kept));
            assertThat(applied(sessions)).isEqualTo(kept);
        }

        // The second has applied and committed nothing: if the first had acknowledged a record of it, that would be
        // lost.
        await().atMost(TIMEOUT).until(() -> applied(sessions).equals(sessions.keySet()));
    }

    /** Sends an event of each device, and waits until the first consumer has handed all of them over to the inbox. */
    private void send(Map<String, UUID> sessions) {
        double before = polledRecords();
        sessions.forEach((device, session) ->
                kafka.send(Topic.DEVICE_EVENTS, new DeviceDisconnected(device, session, "CLOSED")));
        await().atMost(TIMEOUT).until(() -> polledRecords() >= before + sessions.size());
        await().atMost(TIMEOUT).until(() -> sessions.keySet().stream()
                .noneMatch(device -> kafka.records(TOPIC, device).isEmpty()));
        assertThat(clients.getConsumer(CHANNEL).getAssignments().await().atMost(TIMEOUT))
                .isNotEmpty();
    }

    private void awaitBatchInProgress() {
        await().atMost(TIMEOUT)
                .until(() ->
                        database.count("select count(*) from pg_locks where not granted and locktype = 'transactionid'")
                                > 0);
    }

    private Set<String> keysOf(Collection<TopicPartition> partitions, Map<String, UUID> sessions) {
        return sessions.keySet().stream()
                .filter(device -> kafka.records(TOPIC, device).stream()
                        .anyMatch(found -> partitions.contains(new TopicPartition(found.topic(), found.partition()))))
                .collect(Collectors.toSet());
    }

    private Set<String> applied(Map<String, UUID> sessions) {
        List<Object> found = database.query(
                "select session_id::text from device_session where session_id = any (cast(? as uuid[]))",
                "{" + sessions.values().stream().map(UUID::toString).collect(Collectors.joining(",")) + "}");
        return sessions.entrySet().stream()
                .filter(one -> found.contains(one.getValue().toString()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private double polledRecords() {
        return clients.getConsumer(CHANNEL).unwrap().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-consumed-total")
                        && !metric.getKey().tags().containsKey("topic"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }
}
