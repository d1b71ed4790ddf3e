package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.network.TokenBucket;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.TestFixtures;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate limit of one register at several replicas, each with its own memory, with the default limits. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class StartRateLimiterTest {
    @Inject
    Pool pool;

    /** The owner of the tables, who may add a trigger. */
    @Inject
    TestFixtures shop;

    @Inject
    TransactionConfiguration config;

    @Inject
    SharedRateLimiter shared;

    @Inject
    MeterRegistry metrics;

    private final String register = UUID.randomUUID().toString();

    @AfterEach
    void restore() {
        execute("drop trigger if exists refuse on start_rate_limit");
    }

    @Test
    void lowRateRegisterIsNotCountedInTheDatabase() {
        StartRateLimiter replica = replica();

        assertThat(accepted(List.of(replica), 4)).isEqualTo(4);
        assertThat(rows()).isZero();
        assertThat(accepted(List.of(replica), 1)).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void oneReplicaLetsThroughTheLimitAndATenth() {
        assertBounds(1);
    }

    @Test
    void eachFurtherReplicaLetsThroughATenthMore() {
        assertBounds(3);
    }

    @Test
    void registerOfAnotherVendorHasItsOwnLimit() {
        accepted(List.of(replica()), 200);
        Boolean taken = shared.tryAcquire("another vendor", register, TokenBucket.perSecond(20, 40))
                .await()
                .indefinitely();

        assertThat(taken).isTrue();
    }

    @Test
    void requestWithoutARegisterIsNotLimited() {
        StartRateLimiter replica = replica();
        PosParameters parameters = PosParameters.read("POSVendorName=vendor", null, null);

        long count = IntStream.range(0, 100)
                .filter(i -> isAccepted(replica.acquire(parameters)).join())
                .count();

        assertThat(count).isEqualTo(100);
    }

    @Test
    void databaseFailureRejectsNoRequest() {
        execute(
                """
                create or replace function refuse_to_count() returns trigger language plpgsql as $$
                begin
                    raise exception 'refused by the test' using errcode = '40001';
                end $$
                """);
        execute("create trigger refuse before insert on start_rate_limit for each row when (new.register_id = '"
                + register + "') execute function refuse_to_count()");

        assertThat(accepted(List.of(replica()), 100)).isEqualTo(100);
        assertThat(rows()).isZero();
    }

    @Test
    void replenishedRegistersAreDeleted() {
        execute("insert into start_rate_limit values ('vendor', '" + register + "', now() - interval '1 second')");
        execute("insert into start_rate_limit values ('other', '" + register + "', now() + interval '1 hour')");

        shared.deleteReplenished().await().indefinitely();

        assertThat(rows()).isEqualTo(1);
    }

    /** The flood takes some time, in which the buckets are refilled: that much more is correct, too. */
    private void assertBounds(int replicas) {
        long start = System.nanoTime();
        long count =
                accepted(IntStream.range(0, replicas).mapToObj(i -> replica()).toList(), 400);
        long seconds = 1 + (System.nanoTime() - start) / 1_000_000_000;

        assertThat(count).isBetween(40 + 4L * replicas, 40 + 4L * replicas + (20 + 2L * replicas) * seconds);
        assertThat(count).isLessThan(400);
    }

    private StartRateLimiter replica() {
        return new StartRateLimiter(config, shared, metrics);
    }

    /** Sends so many requests at once, spread over the replicas, and counts those that are accepted. */
    private long accepted(List<StartRateLimiter> replicas, int times) {
        PosParameters parameters = PosParameters.read("POSVendorName=vendor&POSRegisterID=" + register, null, null);
        return IntStream.range(0, times)
                .mapToObj(i -> isAccepted(replicas.get(i % replicas.size()).acquire(parameters)))
                .toList()
                .stream()
                .filter(CompletableFuture::join)
                .count();
    }

    private static CompletableFuture<Boolean> isAccepted(Uni<Void> answer) {
        return answer.replaceWith(true)
                .onFailure(ApiException.class)
                .recoverWithItem(false)
                .subscribeAsCompletionStage();
    }

    private long rows() {
        return pool.preparedQuery("select count(*) from start_rate_limit where register_id = $1")
                .execute(Tuple.of(register))
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .indefinitely();
    }

    private void execute(String statement) {
        shop.execute(statement, Tuple.tuple());
    }
}
