package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.tracing.Tracing;
import dev.terminalcloud.transaction.TestFixtures;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.RefundedTransaction;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    TransactionTable transactions;

    @Inject
    Vertx vertx;

    @Inject
    DeviceRoutes routes;

    @Inject
    LinkedRefunds refunds;

    @Inject
    Lifecycle lifecycle;

    @Inject
    Outbox outbox;

    @Inject
    Tracing tracing;

    @Inject
    TestFixtures fixtures;

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

    /** An amount that is added to a request is also a column. */
    @Test
    void eachAmountIsStored() {
        Transaction transaction = on(newDevice(), eachAmount());

        assertThat(store(transaction)).succeedsWithin(TIMEOUT);

        assertThat(load(transaction.id()).request().amounts()).isEqualTo(eachAmount());
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

    /** Twenty refunds of 30.00 of one purchase of 100.00, on devices of their own, at two replicas. */
    @Test
    void refundsAtTheSameTimeAreNeverMoreThanWasPaid() {
        StartBatches otherReplica = new StartBatches(vertx, routes, transactions, refunds, lifecycle, outbox, tracing);
        UUID original = paidPurchase(10_000);
        List<Transaction> all =
                Stream.generate(() -> refundOf(original, 3_000)).limit(20).toList();

        List<CompletableFuture<Transaction>> stored = IntStream.range(0, all.size())
                .mapToObj(i -> store(i % 2 == 0 ? batches : otherReplica, all.get(i)))
                .toList();

        List<String> errors = stored.stream()
                .map(refund -> refund.handle((accepted, failure) -> Optional.ofNullable(failure)))
                .flatMap(failure -> failure.join().stream())
                .map(StartBatchesTest::message)
                .toList();
        assertThat(errors)
                .hasSize(17)
                .containsOnly("AmountTotal must be at most 1000, which is left of the original transaction");
        assertThat(fixtures.sum("amount_total_cents", "transaction where original_transaction_id = $1", original))
                .isEqualTo(9_000);
    }

    private static String message(Throwable failure) {
        return failure instanceof CompletionException wrapped
                ? wrapped.getCause().getMessage()
                : failure.getMessage();
    }

    private UUID paidPurchase(long cents) {
        UUID id = UUID.randomUUID();
        fixtures.execute(
                """
                insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                    function, amount_total_cents, phase, expires_at, overdue_at, started_at, finished_at, outcome)
                values ($1, $1, 'vendor', 'business', 'register', $2, 1, 'CARD_PURCHASE', $3, 'COMPLETED', now() + interval '1 day',
                    now() + interval '1 day', now(), now(), $4)
                """,
                Tuple.of(
                        id,
                        newDevice(),
                        cents,
                        "{\"transactionResult\":\"OK-ACCEPTED\",\"result\":\"OK\",\"amountTotalCents\":" + cents
                                + "}"));
        return id;
    }

    private static Transaction refundOf(UUID original, long cents) {
        return transaction(newDevice(), TransactionFunction.CARD_REFUND, RequestedAmounts.ofTotal(cents))
                .refunding(RefundedTransaction.of(original));
    }

    private CompletableFuture<Transaction> store(Transaction transaction) {
        return store(batches, transaction);
    }

    private CompletableFuture<Transaction> store(StartBatches replica, Transaction transaction) {
        return onAContext(() -> replica.store(transaction)).subscribeAsCompletionStage();
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
        return transaction(device, TransactionFunction.CARD_PURCHASE, amounts);
    }

    /** Returns a total, and for each further amount one less than for the one before. */
    private static RequestedAmounts eachAmount() {
        RecordComponent[] amounts = RequestedAmounts.class.getRecordComponents();
        try {
            return RequestedAmounts.class
                    .getDeclaredConstructor(
                            Stream.of(amounts).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(LongStream.range(0, amounts.length)
                            .mapToObj(i -> 500 - i)
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Failed to use the record", e);
        }
    }

    private static Transaction transaction(String device, TransactionFunction function, RequestedAmounts amounts) {
        return new Transaction(
                new RegisterIdentity("vendor", "business", "register"),
                device,
                1,
                new TransactionRequest(function, amounts, null, null, null),
                null);
    }
}
