package dev.terminalcloud.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One statement for many callers. */
class BatcherTest {
    private static final UUID SALE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final int MAX_SIZE = 10;

    private final Queue<Query> queries = new ArrayDeque<>();
    private final Batcher<UUID, Long> versions = new Batcher<>(MAX_SIZE, this::query);
    private final Batcher<UUID, Long> reads = Batcher.ofReads(MAX_SIZE, this::query);

    @Test
    void singleLookupIsImmediate() {
        CompletableFuture<Optional<Long>> asked = ask(SALE);
        queries.remove().answers(Map.of(SALE, 3L));
        assertThat(asked).isCompletedWithValue(Optional.of(3L));
        assertThat(queries).isEmpty();
    }

    @Test
    void allWhoAskDuringAQueryAreAnsweredByOneThatBeginsAfterIt() {
        CompletableFuture<Optional<Long>> first = ask(SALE);
        var later = IntStream.range(0, 1_000)
                .mapToObj(i -> ask(i % 2 == 0 ? SALE : OTHER))
                .toList();
        assertThat(queries).hasSize(1);

        queries.remove().answers(Map.of(SALE, 1L));
        assertThat(first).isCompletedWithValue(Optional.of(1L));
        assertThat(later).noneMatch(CompletableFuture::isDone);

        assertThat(queries).hasSize(1);
        assertThat(queries.peek().ids).containsExactlyInAnyOrder(SALE, OTHER);
        queries.remove().answers(Map.of(SALE, 2L, OTHER, 7L));
        assertThat(later.get(0)).isCompletedWithValue(Optional.of(2L));
        assertThat(later.get(999)).isCompletedWithValue(Optional.of(7L));
        assertThat(later).allMatch(CompletableFuture::isDone);
        assertThat(queries).isEmpty();
    }

    @Test
    void transactionThatIsNotThereHasNoVersion() {
        CompletableFuture<Optional<Long>> asked = ask(SALE);
        queries.remove().answers(Map.of());
        assertThat(asked).isCompletedWithValue(Optional.empty());
    }

    @Test
    void failedQueryFailsItsBatchOnly() {
        CompletableFuture<Optional<Long>> first = ask(SALE);
        CompletableFuture<Optional<Long>> second = ask(SALE);
        queries.remove().answer.completeExceptionally(new IllegalStateException("the connection is gone"));
        assertThatThrownBy(first::join).hasRootCauseMessage("the connection is gone");

        queries.remove().answers(Map.of(SALE, 4L));
        assertThat(second).isCompletedWithValue(Optional.of(4L));
    }

    @Test
    void oneThatCannotBeReadFailsAlone() {
        CompletableFuture<Optional<Long>> first = read(UUID.randomUUID());
        CompletableFuture<Optional<Long>> unreadable = read(SALE);
        CompletableFuture<Optional<Long>> readable = read(OTHER);
        queries.remove().answers(Map.of());
        assertThat(first).isCompletedWithValue(Optional.empty());

        queries.remove().answer.completeExceptionally(new IllegalArgumentException("unknown function"));
        Query ofOne = queries.remove();
        assertThat(ofOne.ids).containsExactly(SALE);
        ofOne.answer.completeExceptionally(new IllegalArgumentException("unknown function"));
        queries.remove().answers(Map.of(OTHER, 3L));

        assertThatThrownBy(unreadable::join).hasRootCauseMessage("unknown function");
        assertThat(readable).isCompletedWithValue(Optional.of(3L));
        assertThat(queries).isEmpty();
    }

    @Test
    void readsThatAnOutageFailsAreNotRepeated() {
        CompletableFuture<Optional<Long>> first = read(UUID.randomUUID());
        List<CompletableFuture<Optional<Long>>> asked = List.of(read(SALE), read(OTHER));
        queries.remove().answers(Map.of());
        assertThat(first).isCompletedWithValue(Optional.empty());

        queries.remove().answer.completeExceptionally(new ConnectException("connection refused"));

        assertThat(asked).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
        assertThat(queries).isEmpty();
    }

    /** It may have been committed: only its caller can find out. */
    @Test
    void statementThatMayWriteIsNeverRepeated() {
        CompletableFuture<Optional<Long>> first = ask(UUID.randomUUID());
        List<CompletableFuture<Optional<Long>>> asked = List.of(ask(SALE), ask(OTHER));
        queries.remove().answers(Map.of());
        assertThat(first).isCompletedWithValue(Optional.empty());

        queries.remove().answer.completeExceptionally(new IllegalStateException("after the commit"));

        assertThat(asked).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
        assertThat(queries).isEmpty();
    }

    @Test
    void cancelledLookupDoesNotAffectOthers() {
        CompletableFuture<Optional<Long>> alone = ask(OTHER);
        CompletableFuture<Optional<Long>> leaves = ask(SALE);
        CompletableFuture<Optional<Long>> stays = ask(SALE);

        leaves.cancel(false);
        queries.remove().answers(Map.of());
        queries.remove().answers(Map.of(SALE, 5L));

        assertThat(stays).isCompletedWithValue(Optional.of(5L));
        assertThat(alone).isCompletedWithValue(Optional.empty());
    }

    @Test
    void moreThanTheMaximumSizeTakeSeveralStatementsInTheirOrder() {
        CompletableFuture<Optional<Long>> first = ask(SALE);
        List<UUID> later =
                Stream.generate(UUID::randomUUID).limit(2 * MAX_SIZE + 1).toList();
        List<CompletableFuture<Optional<Long>>> asked =
                later.stream().map(this::ask).toList();
        queries.remove().answers(Map.of());
        assertThat(first).isCompletedWithValue(Optional.empty());

        for (int from = 0; from < later.size(); from += MAX_SIZE) {
            List<UUID> expected = later.subList(from, Math.min(from + MAX_SIZE, later.size()));
            Query query = queries.remove();
            assertThat(query.ids).containsExactlyInAnyOrderElementsOf(expected);
            query.answers(expected.stream().collect(Collectors.toMap(Function.identity(), id -> 1L)));
        }
        assertThat(asked).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(Optional.of(1L)));
    }

    @Test
    void statementThatThrowsFailsItsBatchOnly() {
        Batcher<UUID, Long> throwing = new Batcher<>(MAX_SIZE, ids -> {
            throw new IllegalStateException("no connection");
        });
        assertThatThrownBy(() -> throwing.ask(SALE).await().indefinitely()).hasMessage("no connection");
        assertThatThrownBy(() -> throwing.ask(OTHER).await().indefinitely()).hasMessage("no connection");
    }

    private Uni<Map<UUID, Long>> query(Set<UUID> ids) {
        Query query = new Query(Set.copyOf(ids), new CompletableFuture<>());
        queries.add(query);
        return Uni.createFrom().completionStage(query.answer);
    }

    private CompletableFuture<Optional<Long>> ask(UUID id) {
        return versions.ask(id).subscribeAsCompletionStage();
    }

    private CompletableFuture<Optional<Long>> read(UUID id) {
        return reads.ask(id).subscribeAsCompletionStage();
    }

    private record Query(Set<UUID> ids, CompletableFuture<Map<UUID, Long>> answer) {
        void answers(Map<UUID, Long> found) {
            answer.complete(found);
        }
    }
}
