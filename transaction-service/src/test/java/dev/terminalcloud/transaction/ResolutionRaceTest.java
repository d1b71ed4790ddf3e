package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.FakeOperator.manualOutcome;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The operator's resolution and the device's report arrive at the same moment: whichever locks the device's row first
 * is the outcome.
 */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class ResolutionRaceTest {
    private static final String WAITING =
            """
            pg_stat_activity where usename = current_user and wait_event_type = 'Lock' and query like '%device_route%for update%'
            """;

    @Inject
    TestFixtures shop;

    @Inject
    Pool pool;

    @Test
    void manualResolutionWinsIfFirst() {
        StuckPurchase stuck = StuckPurchase.unanswered(shop);
        CompletableFuture<FakeOperator.Answer> resolution;
        SqlConnection holder = hold(stuck);
        try {
            resolution = OPERATOR.resolvesAsync(stuck.id(), manualOutcome("declined"));
            awaitWaiting(1);
            stuck.device().finishes(stuck.id(), FakeDevice.approved(500));
            awaitWaiting(2);
        } finally {
            release(holder);
        }

        assertThat(resolution.join().status()).isEqualTo(200);
        awaitTrue(() -> stuck.discrepancies("CONTRADICTS_OUTCOME") == 1);
        assertThat(stuck.polled().data("TransactionResult")).isEqualTo("OK-DECLINED");
    }

    @Test
    void deviceReportWinsIfFirst() {
        StuckPurchase stuck = StuckPurchase.unanswered(shop);
        CompletableFuture<FakeOperator.Answer> resolution;
        SqlConnection holder = hold(stuck);
        try {
            stuck.device().finishes(stuck.id(), FakeDevice.approved(500));
            awaitWaiting(1);
            resolution = OPERATOR.resolvesAsync(stuck.id(), manualOutcome("declined"));
            awaitWaiting(2);
        } finally {
            release(holder);
        }

        assertThat(resolution.join().status()).isEqualTo(409);
        assertThat(resolution.join().error()).isEqualTo("The outcome is final");
        assertThat(stuck.polled().data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(stuck.discrepancies("CONTRADICTS_OUTCOME")).isZero();
    }

    @Test
    void oneOfTwoOperatorsWins() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);
        CompletableFuture<FakeOperator.Answer> first;
        CompletableFuture<FakeOperator.Answer> second;
        SqlConnection holder = hold(stuck);
        try {
            first = OPERATOR.resolvesAsync(stuck.id(), manualOutcome("declined"));
            awaitWaiting(1);
            second = OPERATOR.resolvesAsync(stuck.id(), manualOutcome("cancelled"));
            awaitWaiting(2);
        } finally {
            release(holder);
        }

        assertThat(first.join().status()).isEqualTo(200);
        assertThat(second.join().status()).isEqualTo(409);
        assertThat(stuck.polled().data("TransactionResult")).isEqualTo("OK-DECLINED");
    }

    /** Locks the device: every decision about it waits for this connection. */
    private SqlConnection hold(StuckPurchase stuck) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        connection.begin().await().indefinitely();
        connection
                .preparedQuery("select from device_route where device_id = $1 for update")
                .execute(Tuple.of(stuck.device().id()))
                .await()
                .indefinitely();
        return connection;
    }

    /** Asks as the role of the service: another role does not see what it waits for. */
    private void awaitWaiting(long count) {
        awaitTrue(() -> pool.query("select count(*) from " + WAITING)
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getLong(0)
                == count);
    }

    private static void release(SqlConnection holder) {
        holder.query("rollback").executeAndAwait();
        holder.closeAndAwait();
    }
}
