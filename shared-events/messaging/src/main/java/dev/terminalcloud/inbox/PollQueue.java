package dev.terminalcloud.inbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The polls of one topic, on their way to the database. A poll that finds nothing under way is applied at once; those that come while others
 * are applied are the next batch, together: batches grow with the load. One batch is applied at a time, in the order of the polls.
 *
 * <p>Thread-safe: polls come on their Vert.x contexts, revocations on the thread that polls.
 */
final class PollQueue {
    /**
     * The size of a batch, unless a single poll is larger; and of the polls that wait, beyond which the next one has to wait, so that the
     * consumer pauses. Its bytes are a small part of the heap of a service, for each of its channels.
     */
    static final PollSize MAX_SIZE = new PollSize(500, 4 * 1024 * 1024);

    private static final Logger LOG = Logger.getLogger(PollQueue.class);

    private final Function<List<ConsumerRecord<byte[], byte[]>>, Uni<Void>> application;
    private final Deque<Poll> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
    private PollSize waitingSize = PollSize.NONE;
    private boolean inProgress;

    /** @param application applies the records of a batch, on the Vert.x context of its first poll */
    PollQueue(Function<List<ConsumerRecord<byte[], byte[]>>, Uni<Void>> application) {
        this.application = application;
    }

    /** Adds a poll, which is acknowledged when it is applied. Completes when there is room for the next one; never fails. */
    Uni<Void> add(Poll poll) {
        CompletableFuture<Void> roomForNext = enqueue(poll);
        start();
        return Uni.createFrom().completionStage(roomForNext);
    }

    /** Drops the waiting records of these partitions: their next owner receives them. */
    void drop(Collection<TopicPartition> revoked) {
        synchronized (this) {
            List<Poll> kept = waiting.stream()
                    .map(poll -> poll.without(revoked))
                    .filter(poll -> !poll.isEmpty())
                    .toList();
            waiting.clear();
            waiting.addAll(kept);
            waitingSize = sizeOf(kept);
        }
        makeRoom();
    }

    private synchronized CompletableFuture<Void> enqueue(Poll poll) {
        waiting.add(poll);
        waitingSize = waitingSize.plus(poll.size());
        if (waitingSize.reaches(MAX_SIZE) && room.isDone()) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    private void start() {
        List<Poll> batch = begin();
        if (batch.isEmpty()) {
            return;
        }
        makeRoom();
        Uni.createFrom()
                .deferred(() -> application.apply(recordsOf(batch)))
                .chain(() -> Rounds.sequentially(batch, Poll::acknowledge))
                .runSubscriptionOn(MutinyHelper.executor(batch.get(0).context()))
                .subscribe()
                .with(applied -> end(), failure -> stop(batch, failure));
    }

    /** Returns the batch to apply now; an empty one if one is in progress. */
    private synchronized List<Poll> begin() {
        List<Poll> batch = new ArrayList<>();
        PollSize size = PollSize.NONE;
        while (!inProgress && !waiting.isEmpty()) {
            size = size.plus(waiting.peek().size());
            if (size.exceeds(MAX_SIZE) && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        waitingSize = waitingSize.minus(sizeOf(batch));
        inProgress |= !batch.isEmpty();
        return batch;
    }

    private void makeRoom() {
        CompletableFuture<Void> free;
        synchronized (this) {
            if (waitingSize.reaches(MAX_SIZE)) {
                return;
            }
            free = room;
        }
        free.complete(null);
    }

    private void end() {
        synchronized (this) {
            inProgress = false;
        }
        start();
    }

    /** Leaves the batch in progress for ever: nothing after records that are not applied may be. */
    private static void stop(List<Poll> batch, Throwable failure) {
        LOG.error("Failed to apply a batch, consumer stops", failure);
        var unused = batch.get(0).rejection().apply(failure);
    }

    private static PollSize sizeOf(List<Poll> polls) {
        return polls.stream().map(Poll::size).reduce(PollSize.NONE, PollSize::plus);
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(List<Poll> batch) {
        return batch.stream().flatMap(poll -> poll.records().stream()).toList();
    }
}
