package dev.terminalcloud.local.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The Kafka consumer of the sandbox: reads the topics of pairings and transactions, from now on, and passes their events to the feed. It
 * has no consumer group, so services are not affected. It does not read the device registry, which contains hashes of secrets.
 */
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventReader.class.getName());
    private static final List<String> TOPICS =
            List.of("device-commands", "device-events", "transaction-events", "pairing-events");
    private static final int API_TIMEOUT_MILLIS = 10 * 60 * 1000;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaConsumer<String, String> consumer;
    private final RecentEvents events;
    private final Thread thread = new Thread(this::run, "sandbox-events");

    private EventReader(KafkaConsumer<String, String> consumer, RecentEvents events) {
        this.consumer = consumer;
        this.events = events;
    }

    /** Starts the reader; it reads everything that is written after this method returns. */
    public static EventReader start(String bootstrapServers, EventFeed feed) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest",
                        // A record ends the wait at once; at rest the feed costs next to nothing.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10000",
                        // On a busy machine Kafka may take longer than the default of a minute.
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(API_TIMEOUT_MILLIS),
                        // As the services do: an event of a Kafka transaction is shown when it is committed.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        EventReader reader = new EventReader(consumer, feed.events());
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** Reads until closed. The page only watches: if Kafka can't be read, the stack goes on without the feed. */
    private void run() {
        try {
            while (true) {
                consumer.poll(POLL).forEach(read -> toEvent(read).ifPresent(events::add));
            }
        } catch (WakeupException ended) {
            LOG.fine("Event feed stopped");
        } catch (KafkaException e) {
            LOG.log(Level.SEVERE, "Event feed failed, the sandbox page shows no more events", e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Returns the event; empty if the value is not a JSON object. */
    static Optional<FeedEvent> toEvent(ConsumerRecord<String, String> read) {
        try {
            JsonObject payload = new JsonObject(read.value() == null ? "" : read.value());
            return Optional.of(new FeedEvent(
                    read.topic(),
                    payload.getString("type", "unknown"),
                    read.key(),
                    timeOf(read),
                    SecretRedaction.of(payload)));
        } catch (DecodeException | ClassCastException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the time in the event's header, or else the time when Kafka received it. */
    private static Instant timeOf(ConsumerRecord<String, String> read) {
        Header time = read.headers().lastHeader("ce_time");
        try {
            return time == null
                    ? Instant.ofEpochMilli(read.timestamp())
                    : Instant.parse(new String(time.value(), UTF_8));
        } catch (DateTimeParseException unreadable) {
            return Instant.ofEpochMilli(read.timestamp());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
