package dev.terminalcloud.inbox;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** One poll on its way into the database. Made and used on one Vert.x context. */
final class InboxBatch<E extends Event> {
    private static final Logger LOG = Logger.getLogger(InboxBatch.class);

    private record Item<E extends Event>(ConsumerRecord<byte[], byte[]> source, ReceivedEvent<E> received) {}

    private final Topic topic;
    private final Class<E> family;
    private final EventHandler<E> application;
    private final Outbox outbox;
    private final DeadLetterProducer deadLetters;
    private final MeterRegistry metrics;
    private final BooleanSupplier stopping;
    private final Executor context = MutinyHelper.executor(Vertx.currentContext());
    private final InboxRetry patience;

    InboxBatch(
            Topic topic,
            Class<E> family,
            EventHandler<E> application,
            Outbox outbox,
            DeadLetterProducer deadLetters,
            MeterRegistry metrics,
            BooleanSupplier stopping) {
        this.topic = topic;
        this.family = family;
        this.application = application;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.stopping = stopping;
        this.patience = new InboxRetry(Vertx.currentContext().owner(), topic, metrics);
    }

    Uni<Void> receive(ConsumerRecords<byte[], byte[]> records) {
        List<Item<E>> letters = new ArrayList<>();
        List<Uni<Void>> burials = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> source : records) {
            try {
                open(source, letters);
            } catch (MalformedEventException e) {
                burials.add(bury(source, e));
            }
        }
        return Rounds.oneAfterTheOther(burials, burial -> burial).chain(() -> applyAll(letters));
    }

    private void open(ConsumerRecord<byte[], byte[]> source, List<Item<E>> letters) {
        E event = family.cast(EventCodec.decode(topic, source.value()));
        if (!EventCodec.isKnown(event)) {
            count("inbox.unknown", 1);
        } else if (application.concerns(event)) {
            letters.add(new Item<>(source, new ReceivedEvent<>(ReceivedEvent.idOf(source), event)));
        }
    }

    private Uni<Void> applyAll(List<Item<E>> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return apply(letters)
                .onFailure()
                .recoverWithUni(failure -> letters.size() == 1
                        ? bury(letters.get(0).source(), failure)
                        : Rounds.oneAfterTheOther(letters, letter -> applyAll(List.of(letter))));
    }

    private Uni<Void> apply(List<Item<E>> letters) {
        List<ReceivedEvent<E>> events = letters.stream().map(Item::received).toList();
        return patience.until(TransientFailures::is, () -> outbox.transaction(
                                transaction -> application.apply(transaction, events))
                        .emitOn(context))
                .invoke(() -> count("inbox.applied", events.size()));
    }

    private Uni<Void> bury(ConsumerRecord<byte[], byte[]> poison, Throwable reason) {
        return Uni.createFrom().deferred(() -> {
            if (stopping.getAsBoolean()) {
                LOG.infof("an event was not applied before the stop: reason=%s", TransientFailures.describe(reason));
                return Uni.createFrom().nothing();
            }
            LOG.errorf(
                    "an event can't be applied and goes to %s: partition=%d offset=%d eventId=%s reason=%s",
                    topic.deadLetterTopicName(),
                    poison.partition(),
                    poison.offset(),
                    ReceivedEvent.idOf(poison),
                    TransientFailures.describe(reason));
            count("inbox.dead.letters", 1);
            return patience.until(
                    failure -> true,
                    () -> deadLetters.send(topic, poison, reason).emitOn(context));
        });
    }

    private void count(String counter, int events) {
        metrics.counter(counter, "topic", topic.topicName()).increment(events);
    }
}
