package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRepository;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transactions that start at the same time share a commit, and nothing else. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class StartBatchesTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @Inject
    StartBatches batches;

    @Inject
    TransactionRepository transactions;

    @Inject
    Vertx vertx;

    @Test
    void eachOfManyIsStored() {
        List<Transaction> many = Stream.generate(StartBatchesTest::newDevice)
                .map(StartBatchesTest::on)
                .limit(300)
                .toList();

        List<CompletableFuture<Transaction>> stored =
                many.stream().map(this::store).toList();

        for (int i = 0; i < many.size(); i++) {
            assertThat(stored.get(i).join()).isSameAs(many.get(i));
            assertThat(load(many.get(i).id()).createdAt())
                    .isEqualTo(many.get(i).createdAt())
                    .isNotNull();
        }
    }

    @Test
    void ofTwoForOneDeviceTheFirstIsStored() {
        CompletableFuture<Transaction> opensABatch = store(on(newDevice()));
        String device = newDevice();
        CompletableFuture<Transaction> first = store(on(device));
        CompletableFuture<Transaction> second = store(on(device));
        CompletableFuture<Transaction> other = store(on(newDevice()));

        assertThat(opensABatch).succeedsWithin(TIMEOUT);
        assertThat(first).succeedsWithin(TIMEOUT);
        assertThat(other).succeedsWithin(TIMEOUT);
        assertThatThrownBy(second::join)
                .hasCauseInstanceOf(ApiException.class)
                .hasStackTraceContaining("device is busy");
    }

    /** The database has a check that the register's request has passed long before. */
    @Test
    void oneThatCannotBeStoredFailsAlone() {
        CompletableFuture<Transaction> opensABatch = store(on(newDevice()));
        CompletableFuture<Transaction> before = store(on(newDevice()));
        CompletableFuture<Transaction> rejected = store(on(newDevice(), RequestedAmounts.ofTotalWithCash(500, 500)));
        CompletableFuture<Transaction> after = store(on(newDevice()));

        assertThat(opensABatch).succeedsWithin(TIMEOUT);
        assertThat(before).succeedsWithin(TIMEOUT);
        assertThat(after).succeedsWithin(TIMEOUT);
        assertThatThrownBy(rejected::join)
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("23514");
    }

    private CompletableFuture<Transaction> store(Transaction transaction) {
        return onAContext(() -> batches.store(transaction)).subscribeAsCompletionStage();
    }

    private Transaction load(UUID id) {
        return onAContext(() -> transactions.load(id)).await().atMost(TIMEOUT);
    }

    private <T> Uni<T> onAContext(Supplier<Uni<T>> step) {
        return OwnContext.run(vertx, step);
    }

    private static String newDevice() {
        return UUID.randomUUID().toString();
    }

    private static Transaction on(String device) {
        return on(device, RequestedAmounts.ofTotal(500));
    }

    private static Transaction on(String device, RequestedAmounts amounts) {
        return new Transaction(
                new RegisterIdentity("vendor", "business", "register"),
                device,
                1,
                new TransactionRequest(TransactionFunction.CARD_PURCHASE, amounts, null, null, null),
                null);
    }
}
