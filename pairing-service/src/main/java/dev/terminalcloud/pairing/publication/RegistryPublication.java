package dev.terminalcloud.pairing.publication;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.servicestart.KafkaReplaced;
import dev.terminalcloud.servicestart.ServiceStarted;
import dev.terminalcloud.startup.TopicIds;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Publishes the device registry and the pairings again if Kafka has lost them: its topics have other ids than those that the database
 * knows. It checks at the start of the service, and when Kafka was replaced meanwhile.
 *
 * <p>Devices follow in pages, each in one transaction that locks them, so that no older state is published behind a newer one. Replicas take
 * turns, and a replica that starts goes on where another one has stopped. At the end it tells the connectors from which number their epochs
 * begin: greater than each epoch that they have had.
 */
@ApplicationScoped
class RegistryPublication {
    private static final Logger LOG = Logger.getLogger(RegistryPublication.class);

    /** Epochs are offsets in the first, also by its name; the others have state that the database knows. */
    private static final List<Topic> TOPICS =
            List.of(Topic.DEVICE_COMMANDS, Topic.DEVICE_REGISTRY, Topic.PAIRING_EVENTS);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final Vertx vertx;
    private final Outbox outbox;
    private final PublicationTable table;
    private final AtomicLong publishedSeconds = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean stopping;

    RegistryPublication(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Vertx vertx,
            Outbox outbox,
            PublicationTable table,
            MeterRegistry metrics) {
        this.kafka = kafka;
        this.vertx = vertx;
        this.outbox = outbox;
        this.table = table;
        metrics.gauge("pairing.registry.published.seconds", publishedSeconds);
    }

    void start(@Observes ServiceStarted event) {
        check();
    }

    void kafkaReplaced(@Observes KafkaReplaced event) {
        check();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Returns at once. */
    private void check() {
        requested.set(true);
        if (running.compareAndSet(false, true)) {
            Uni.createFrom()
                    .deferred(this::publishIfLost)
                    .onFailure()
                    .invoke(failure ->
                            LOG.warnf("Failed to publish the device registry again, retrying: reason=%s", failure))
                    .onFailure()
                    .retry()
                    .withBackOff(MIN_BACKOFF, MAX_BACKOFF)
                    .until(failure -> !stopping)
                    .onTermination()
                    .invoke(this::ended)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debug("Stopped", failure));
        }
    }

    private void ended() {
        running.set(false);
        if (requested.get() && !stopping) {
            check();
        }
    }

    private Uni<Void> publishIfLost() {
        requested.set(false);
        return Uni.createFrom()
                .item(this::topicIds)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(ids -> OwnContext.run(vertx, () -> outbox.inTransaction(write -> table.adopt(write, ids))))
                .invoke(lost -> {
                    if (lost) {
                        LOG.warn("Kafka has lost its data, publishing the device registry and the pairings again");
                    }
                })
                .chain(this::publishAll)
                .invoke(publishedSeconds::set)
                .replaceWithVoid();
    }

    private String topicIds() {
        try (TopicIds ids = TopicIds.open(kafka, TIMEOUT)) {
            return ids.read(TOPICS);
        }
    }

    /** Publishes page after page; returns when the last publication began, in seconds since 1970, or 0 for never. */
    private Uni<Long> publishAll() {
        return Multi.createBy()
                .repeating()
                .uni(() -> OwnContext.run(vertx, () -> outbox.inTransaction(table::publishPage)))
                .whilst(state -> !state.complete())
                .collect()
                .last()
                .map(PublicationTable.State::beganSeconds);
    }
}
