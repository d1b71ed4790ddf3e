package dev.terminalcloud.inbox;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.EventMetadata;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The records of one or more polls, until they are applied. Created and used on one Vert.x context. */
final class InboxBatch<E extends Event> {
    private static final Logger LOG = Logger.getLogger(InboxBatch.class);

    /** Events of one key in one database transaction. */
    private static final int MAX_EVENTS_PER_KEY = 8;

    private record Item<E extends Event>(ConsumerRecord<byte[], byte[]> source, ReceivedEvent<E> received) {}

    /** An event that is traced, with the step that applies it. */
    private record Traced(Event event, TraceSpan step) {}

    private final Topic topic;
    private final Class<E> family;
    private final EventHandler<E> handler;
    private final Outbox outbox;
    private final DeadLetterProducer deadLetters;
    private final InboxMetrics metrics;
    private final Tracing tracing;
    private final BooleanSupplier stopping;
    private final Executor context = MutinyHelper.executor(Vertx.currentContext());
    private final InboxRetry retry;

    InboxBatch(
            Topic topic,
            Class<E> family,
            EventHandler<E> handler,
            Outbox outbox,
            DeadLetterProducer deadLetters,
            InboxMetrics metrics,
            Tracing tracing,
            BooleanSupplier stopping) {
        this.topic = topic;
        this.family = family;
        this.handler = handler;
        this.outbox = outbox;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.tracing = tracing;
        this.stopping = stopping;
        this.retry = new InboxRetry(Vertx.currentContext().owner(), topic, metrics);
    }

    /** Applies the records. Completes when all of them are applied or on the dead-letter topic; never during a shutdown; never fails. */
    Uni<Void> apply(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        List<Item<E>> items = new ArrayList<>();
        List<Uni<Void>> deadLetterWrites = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> source : records) {
            try {
                decode(source, items);
            } catch (MalformedEventException e) {
                deadLetterWrites.add(sendToDeadLetterTopic(source, e));
            }
        }
        return Rounds.sequentially(deadLetterWrites, write -> write).chain(() -> applyInParts(items));
    }

    /** Commits the first events of each key first: one that sends very many holds up none of the others. */
    private Uni<Void> applyInParts(List<Item<E>> items) {
        return Rounds.sequentially(
                Rounds.parts(items, item -> item.received().event().key(), MAX_EVENTS_PER_KEY), this::applyAll);
    }

    private void decode(ConsumerRecord<byte[], byte[]> source, List<Item<E>> items) {
        if (isOfAnotherReader(source)) {
            return;
        }
        E event = family.cast(EventCodec.decode(topic, source.value()));
        if (!EventCodec.isKnown(event)) {
            metrics.unknownEvent();
        } else if (handler.handles(event.getClass())) {
            items.add(new Item<>(source, ReceivedEvent.of(source, event)));
        }
    }

    /** Most records of a topic with several readers are for another one: their headers tell that without parsing them. */
    private boolean isOfAnotherReader(ConsumerRecord<byte[], byte[]> source) {
        return EventMetadata.typeOf(source.headers())
                .flatMap(type -> EventCodec.classOf(topic, type))
                .filter(type -> !handler.handles(type))
                .isPresent();
    }

    private Uni<Void> applyAll(List<Item<E>> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return applyTogether(items)
                .onFailure()
                .recoverWithUni(failure -> items.size() == 1
                        ? sendToDeadLetterTopic(items.get(0).source(), failure)
                        : Rounds.sequentially(items, item -> applyAll(List.of(item))));
    }

    private Uni<Void> applyTogether(List<Item<E>> items) {
        List<ReceivedEvent<E>> events = items.stream().map(Item::received).toList();
        List<Traced> traced = trace(items);
        Uni<Void> applied = retry.retryWhile(TransientFailures::isTransient, () -> outbox.inTransaction(transaction -> {
                            traced.forEach(each -> transaction.received(
                                    each.event(), each.step().traceparent()));
                            return handler.handle(transaction, events);
                        })
                        .emitOn(context))
                .invoke(() -> metrics.applied(events.size()));
        return traced.isEmpty() ? applied : end(traced, applied);
    }

    /** The log lines of a batch name its step if it is the only one. */
    private static Uni<Void> end(List<Traced> traced, Uni<Void> applied) {
        boolean marksLogs = traced.size() == 1 && VertxContext.isOnDuplicatedContext();
        if (marksLogs) {
            traced.get(0).step().markLogs();
        }
        return applied.onItemOrFailure().invoke((done, failure) -> {
            traced.forEach(each -> each.step().end(failure));
            if (marksLogs) {
                traced.get(0).step().unmarkLogs();
            }
        });
    }

    private List<Traced> trace(List<Item<E>> items) {
        return tracing.isOn() ? items.stream().flatMap(this::trace).toList() : List.of();
    }

    private Stream<Traced> trace(Item<E> item) {
        TraceSpan step = tracing.process(topic.topicName(), item.source().headers())
                .about(item.received().event());
        return step.isTraced() ? Stream.of(new Traced(item.received().event(), step)) : Stream.empty();
    }

    private Uni<Void> sendToDeadLetterTopic(ConsumerRecord<byte[], byte[]> poison, Throwable reason) {
        return Uni.createFrom().deferred(() -> {
            if (stopping.getAsBoolean()) {
                LOG.infof(
                        "Event not applied before shutdown, will be redelivered: reason=%s",
                        TransientFailures.describe(reason));
                return Uni.createFrom().nothing();
            }
            LOG.errorf(
                    "Failed to apply event, sent to dead-letter topic"
                            + ": topic=%s partition=%d offset=%d eventId=%s reason=%s",
                    topic.topicName(),
                    poison.partition(),
                    poison.offset(),
                    ReceivedEvent.idOf(poison),
                    TransientFailures.describe(reason));
            metrics.deadLetter();
            return retry.retryWhile(
                    failure -> true,
                    () -> deadLetters.send(topic, poison, reason).emitOn(context));
        });
    }
}
