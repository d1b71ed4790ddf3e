package dev.terminalcloud.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Collects what is asked for while a statement is under way, and lets one statement answer all of it: at once without load, in batches that
 * grow with it. One statement is under way at a time. It begins after all calls that it answers, so that an answer is never older than its
 * call.
 *
 * <p>Thread-safe. Statements start, and answers arrive, on any thread.
 *
 * @param <K> what is asked for; equal ones in a batch are asked for once
 */
public final class Batcher<K, V> {
    private final int maxSize;
    private final Function<Set<K>, Uni<Map<K, V>>> statement;
    private final boolean repeatsEach;
    private final Map<K, CompletableFuture<Optional<V>>> waiting = new LinkedHashMap<>();
    private boolean inProgress;

    /**
     * Creates a batcher.
     *
     * @param maxSize the number of keys that the statement is given at most
     * @param statement returns the answers, without those that do not exist; its argument has the order of the calls
     */
    public Batcher(int maxSize, Function<Set<K>, Uni<Map<K, V>>> statement) {
        this(maxSize, statement, false);
    }

    private Batcher(int maxSize, Function<Set<K>, Uni<Map<K, V>>> statement, boolean repeatsEach) {
        this.maxSize = maxSize;
        this.statement = statement;
        this.repeatsEach = repeatsEach;
    }

    /**
     * Creates a batcher of a statement that changes nothing: if it fails for several keys, and not because of an outage, it is repeated for
     * each of them, so that one that can't be read fails alone.
     *
     * @param maxSize the number of keys that the statement is given at most
     * @param statement returns the answers, without those that do not exist; its argument has the order of the calls
     */
    public static <K, V> Batcher<K, V> ofReads(int maxSize, Function<Set<K>, Uni<Map<K, V>>> statement) {
        return new Batcher<>(maxSize, statement, true);
    }

    /**
     * Returns the answer for the key. Cancelling it does not affect other callers.
     *
     * @return empty without an answer; fails as the statement does, which does not affect the next one
     */
    public Uni<Optional<V>> ask(K key) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Optional<V>> answer = join(key);
            start();
            return Uni.createFrom().completionStage(answer.copy());
        });
    }

    /** Returns the answer as {@link #ask} does, on the caller's Vert.x context. */
    public Uni<Optional<V>> askOnContext(K key) {
        return ask(key).emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private synchronized CompletableFuture<Optional<V>> join(K key) {
        return waiting.computeIfAbsent(key, added -> new CompletableFuture<>());
    }

    private void start() {
        Map<K, CompletableFuture<Optional<V>>> batch = begin();
        if (!batch.isEmpty()) {
            answer(batch).onTermination().invoke(this::end).subscribe().with(done -> {}, impossible -> {});
        }
    }

    private Uni<Void> answer(Map<K, CompletableFuture<Optional<V>>> batch) {
        return Uni.createFrom()
                .deferred(() -> statement.apply(batch.keySet()))
                .invoke(found -> batch.forEach((key, answer) -> answer.complete(Optional.ofNullable(found.get(key)))))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    if (repeatsEach && batch.size() > 1 && !TransientFailures.isTransient(failure)) {
                        return answerEach(batch);
                    }
                    batch.values().forEach(answer -> answer.completeExceptionally(failure));
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> answerEach(Map<K, CompletableFuture<Optional<V>>> batch) {
        return Multi.createFrom()
                .iterable(batch.entrySet())
                .onItem()
                .transformToUniAndConcatenate(call -> answer(Map.of(call.getKey(), call.getValue())))
                .onItem()
                .ignoreAsUni();
    }

    /** Returns the batch to run next; an empty one if one is in progress. */
    private synchronized Map<K, CompletableFuture<Optional<V>>> begin() {
        Map<K, CompletableFuture<Optional<V>>> batch = new LinkedHashMap<>();
        if (inProgress) {
            return batch;
        }
        Iterator<Map.Entry<K, CompletableFuture<Optional<V>>>> oldest =
                waiting.entrySet().iterator();
        while (oldest.hasNext() && batch.size() < maxSize) {
            Map.Entry<K, CompletableFuture<Optional<V>>> call = oldest.next();
            batch.put(call.getKey(), call.getValue());
            oldest.remove();
        }
        inProgress = !batch.isEmpty();
        return batch;
    }

    private void end() {
        synchronized (this) {
            inProgress = false;
        }
        start();
    }
}
