package dev.terminalcloud.outbox;

import dev.terminalcloud.servicestart.KafkaReplaced;
import dev.terminalcloud.startup.KafkaSettings;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Kafka producer of the outbox: pipelines rows through one idempotent producer, and sends rows for compacted topics in a Kafka
 * transaction, whose id fences a relay that was paused and would overwrite newer state.
 *
 * <p>A producer may block for metadata, and a Kafka transaction for its commit, so each of the two sends on a dedicated thread. Safe for
 * any thread: rows leave in the order of the calls.
 */
@ApplicationScoped
class OutboxProducer {
    private static final Logger LOG = Logger.getLogger(OutboxProducer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final String service;
    private final RowTraces traces;
    private final ExecutorService thread = newThread("outbox-producer");
    private final ExecutorService transactionalThread = newThread("outbox-transactional-producer");
    private KafkaProducer<String, String> idempotent;
    private KafkaProducer<String, String> transactional;

    OutboxProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Tracing tracing) {
        this.kafka = kafka;
        this.service = service;
        this.traces = new RowTraces(tracing);
    }

    /**
     * Fences all other replicas, so that they can no longer send to compacted topics; does nothing if no other replica has sent since
     * this one fenced them. While Kafka does not allow it, rows for compacted topics are not sent.
     *
     * @param takenOver true if another replica held the lease before
     * @return true if it fenced the others now: rows that were read from the outbox before may be outdated
     */
    Uni<Boolean> fence(boolean takenOver) {
        return Uni.createFrom().item(() -> fenceOthers(takenOver)).runSubscriptionOn(transactionalThread);
    }

    private boolean fenceOthers(boolean takenOver) {
        if (takenOver) {
            closeTransactional();
        }
        if (transactional != null) {
            return false;
        }
        try {
            transactional = newTransactional();
            transactional.initTransactions();
            return true;
        } catch (KafkaException e) {
            LOG.warnf("Failed to write to compacted topics, retrying: reason=%s", e);
            closeTransactional();
            return false;
        }
    }

    /** Sends the rows. Returns the positions that may be deleted: acknowledged rows, up to the first failure of their ordering key. */
    Uni<Set<Long>> send(List<OutboxRow> rows) {
        List<OutboxRow> ordinary = OutboxRow.ordinary(rows);
        List<OutboxRow> compacted = OutboxRow.compacted(rows);
        if (compacted.isEmpty()) {
            return sendOrdinary(ordinary);
        }
        Uni<Set<Long>> committed =
                Uni.createFrom().item(() -> sendInTransaction(compacted)).runSubscriptionOn(transactionalThread);
        return Uni.combine().all().unis(sendOrdinary(ordinary), committed).with((sent, all) -> {
            Set<Long> positions = new HashSet<>(sent);
            positions.addAll(all);
            return positions;
        });
    }

    private Uni<Set<Long>> sendOrdinary(List<OutboxRow> rows) {
        return Uni.createFrom()
                .item(() -> pipeline(rows))
                .runSubscriptionOn(thread)
                .chain(sending -> Uni.createFrom().completionStage(sending));
    }

    private CompletableFuture<Set<Long>> pipeline(List<OutboxRow> rows) {
        Map<String, Integer> partitions = new HashMap<>();
        List<CompletableFuture<Boolean>> acknowledgements = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            boolean sendable = row.isValidPartition(partitions.computeIfAbsent(row.topic(), this::partitionsOf));
            acknowledgements.add(sendable ? send(row) : CompletableFuture.completedFuture(false));
        }
        return CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                .thenApply(done -> publishedInOrder(rows, acknowledgements));
    }

    /**
     * Returns the number of partitions of the topic, 0 if Kafka is unavailable. One query for all rows keeps a producer
     * without metadata of the topic from blocking for each row.
     */
    private int partitionsOf(String topic) {
        try {
            return idempotent().partitionsFor(topic).size();
        } catch (KafkaException e) {
            LOG.warnf("Failed to publish events, retrying: topic=%s reason=%s", topic, e);
            return 0;
        }
    }

    private CompletableFuture<Boolean> send(OutboxRow row) {
        CompletableFuture<Boolean> acknowledgement = new CompletableFuture<>();
        TraceSpan sending = traces.begin(row);
        var unused = idempotent().send(toRecord(row, sending), (metadata, failure) -> {
            sending.end(failure);
            if (failure != null) {
                LOG.warnf("Failed to publish event, retrying: eventId=%s reason=%s", row.id(), failure);
            }
            acknowledgement.complete(failure == null);
        });
        return acknowledgement;
    }

    /** A service that traces nothing passes on what it finds. */
    private ProducerRecord<String, String> toRecord(OutboxRow row, TraceSpan sending) {
        return row.toRecord("/" + service, sending.isTraced() ? sending.traceparent() : row.traceparent());
    }

    private static Set<Long> publishedInOrder(List<OutboxRow> rows, List<CompletableFuture<Boolean>> acknowledgements) {
        Set<Long> published = new HashSet<>();
        Set<String> failedKeys = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            OutboxRow row = rows.get(i);
            if (!acknowledgements.get(i).join()) {
                failedKeys.add(row.orderingKey());
            } else if (!failedKeys.contains(row.orderingKey())) {
                published.add(row.position());
            }
        }
        return published;
    }

    private Set<Long> sendInTransaction(List<OutboxRow> rows) {
        if (rows.isEmpty() || transactional == null) {
            return Set.of();
        }
        try {
            transactional.beginTransaction();
            for (OutboxRow row : rows) {
                TraceSpan sending = traces.begin(row);
                var unused = transactional.send(toRecord(row, sending), (metadata, failure) -> sending.end(failure));
            }
            transactional.commitTransaction();
        } catch (KafkaException e) {
            LOG.warnf("Failed to publish events to compacted topics, retrying: count=%d reason=%s", rows.size(), e);
            closeTransactional();
            return Set.of();
        }
        Set<Long> positions = new HashSet<>();
        rows.forEach(row -> positions.add(row.position()));
        return positions;
    }

    /** A new Kafka gives out the numbers of producers again, and takes a record of one that it does not know for a repetition of another's. */
    void kafkaReplaced(@Observes KafkaReplaced event) {
        thread.execute(this::closeIdempotent);
        transactionalThread.execute(this::closeTransactional);
    }

    private void closeIdempotent() {
        if (idempotent != null) {
            idempotent.close(Duration.ZERO);
            idempotent = null;
        }
    }

    private KafkaProducer<String, String> idempotent() {
        if (idempotent == null) {
            idempotent = new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer());
        }
        return idempotent;
    }

    private KafkaProducer<String, String> newTransactional() {
        Map<String, Object> settings = settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, service + "-outbox");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = KafkaSettings.durableProducer(kafka);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        return settings;
    }

    private void closeTransactional() {
        if (transactional != null) {
            transactional.close(Duration.ZERO);
            transactional = null;
        }
    }

    private static ExecutorService newThread(String name) {
        return Executors.newSingleThreadExecutor(work -> new Thread(work, name));
    }

    @PreDestroy
    void close() {
        transactionalThread.execute(this::closeTransactional);
        transactionalThread.shutdown();
        thread.execute(() -> {
            if (idempotent != null) {
                idempotent.close(CLOSE_TIMEOUT);
            }
        });
        thread.shutdown();
    }
}
