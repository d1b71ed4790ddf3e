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
     * Records of a batch, unless a single poll has more; and records that wait, beyond which the next poll has to wait, so that the consumer
     * pauses.
     */
    static final int MAX_RECORDS = 500;

    private static final Logger LOG = Logger.getLogger(PollQueue.class);

    private final Function<List<ConsumerRecord<byte[], byte[]>>, Uni<Void>> application;
    private final Deque<Poll> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
    private int waitingRecords;
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
                    .filter(poll -> poll.size() > 0)
                    .toList();
            waiting.clear();
            waiting.addAll(kept);
            waitingRecords = kept.stream().mapToInt(Poll::size).sum();
        }
        makeRoom();
    }

    private synchronized CompletableFuture<Void> enqueue(Poll poll) {
        waiting.add(poll);
        waitingRecords += poll.size();
        if (waitingRecords >= MAX_RECORDS && room.isDone()) {
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
        int records = 0;
        while (!inProgress && !waiting.isEmpty()) {
            records += waiting.peek().size();
            if (records > MAX_RECORDS && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        waitingRecords -= batch.stream().mapToInt(Poll::size).sum();
        inProgress |= !batch.isEmpty();
        return batch;
    }

    private void makeRoom() {
        CompletableFuture<Void> free;
        synchronized (this) {
            if (waitingRecords >= MAX_RECORDS) {
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

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(List<Poll> batch) {
        return batch.stream().flatMap(poll -> poll.records().stream()).toList();
    }
}
