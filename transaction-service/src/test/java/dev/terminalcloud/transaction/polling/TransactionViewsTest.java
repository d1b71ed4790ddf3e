package dev.terminalcloud.transaction.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.embedded.test.ExecutedStatements;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.FakeRegister;
import dev.terminalcloud.transaction.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that want the state of transactions at the same time share the queries. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransactionViewsTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Inject
    TransactionViews views;

    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Inject
    Vertx vertx;

    @Test
    void allThatAreAskedForDuringAReadAreReadByTheNext() {
        List<UUID> started = Stream.generate(this::started).limit(5).toList();
        List<UUID> asked = started.stream()
                .flatMap(id -> Collections.nCopies(8, id).stream())
                .toList();
        double before = reads();

        List<CachedTransaction> found = onContext(
                () -> Uni.join().all(asked.stream().map(views::read).toList()).andFailFast());

        assertThat(found).extracting(view -> view.envelope().transactionId()).containsExactlyElementsOf(asked);
        assertThat(reads() - before).isEqualTo(2);
    }

    /** Hibernate translates another text, and PostgreSQL prepares it. */
    @Test
    void readsOfAnyNumberAreTheSameStatement() {
        List<UUID> started = Stream.generate(this::started).limit(5).toList();

        List<String> statements = ExecutedStatements.during(() -> onContext(
                () -> Uni.join().all(started.stream().map(views::read).toList()).andFailFast()));

        List<String> reads = statements.stream()
                .filter(statement -> statement.contains("from transaction t1_0"))
                .toList();
        assertThat(reads).hasSize(2);
        assertThat(Set.copyOf(reads)).hasSize(1);
    }

    @Test
    void unknownTransactionAmongOthersIsNull() {
        UUID known = started();
        UUID unknown = UUID.randomUUID();

        assertThat(isKnownOf(unknown, known)).containsExactly(false, true);
    }

    @Test
    void stateOlderThanAChangeIsReadWithoutAskingForItsVersion() {
        UUID id = started();
        CachedTransaction cached = onContext(() -> views.read(id));
        double statesBefore = reads();
        double versionsBefore = versionQueries();

        onContext(() -> views.current(id, cached.envelope().version() + 1));

        assertThat(reads() - statesBefore).isOne();
        assertThat(versionQueries() - versionsBefore).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void versionOfAStateThatMayHaveChangedSinceIsAskedFor(long changedTo) {
        UUID id = started();
        CachedTransaction cached = onContext(() -> views.read(id));
        double versionsBefore = versionQueries();

        CachedTransaction current = onContext(() -> views.current(id, changedTo));

        assertThat(cached.envelope().version()).isGreaterThanOrEqualTo(changedTo);
        assertThat(current).isSameAs(cached);
        assertThat(versionQueries() - versionsBefore).isOne();
    }

    private List<Boolean> isKnownOf(UUID... ids) {
        return onContext(() -> Uni.join()
                .all(Stream.of(ids)
                        .map(id -> views.read(id).map(Objects::nonNull))
                        .toList())
                .andFailFast());
    }

    private UUID started() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        return register.pays(500).transactionId();
    }

    private double reads() {
        return metrics.counter("transaction.poll.queries", "query", "states").count();
    }

    private double versionQueries() {
        return metrics.counter("transaction.poll.queries", "query", "versions").count();
    }

    private <T> T onContext(Supplier<Uni<T>> step) {
        return OwnContext.run(vertx, step).await().atMost(TIMEOUT);
    }
}
