package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.transaction.TestFixtures;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Resolution of a commit in doubt: the transaction exists, or never will. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class InDoubtResolutionTest {
    @Inject
    TransactionTable table;

    @Inject
    Outbox outbox;

    @Inject
    InDoubtCommit commits;

    @Inject
    TestFixtures shop;

    @Test
    void transactionThatWasCommittedIsFound() throws Throwable {
        Transaction transaction = transaction();
        Optional<Instant> inserted = insert(transaction);
        assertThat(inserted).isPresent();
        assertThat(resolve(transaction)).isEqualTo(inserted);
    }

    @Test
    void transactionThatWasNotCommittedNeverWillBe() throws Throwable {
        Transaction transaction = transaction();
        assertThat(resolve(transaction)).isEmpty();
        assertThat(insert(transaction)).isEmpty();
        assertThat(resolve(transaction)).isEmpty();
    }

    @Test
    void resolutionThatTakesASecondAttemptContinuesOnTheContextThatAsked() throws Throwable {
        Transaction transaction = transaction();
        assertThat(insert(transaction)).isPresent();
        shop.execute("create sequence attempts", Tuple.tuple());
        shop.execute(
                """
                create function fail_once() returns trigger language plpgsql security definer set search_path from current as $$
                begin
                    if nextval('attempts') = 1 then raise exception 'refused by a test'; end if;
                    return new;
                end $$
                """,
                Tuple.tuple());
        shop.execute(
                "create trigger fail_once before insert on transaction for each row when (new.id = '" + transaction.id()
                        + "') execute function fail_once()",
                Tuple.tuple());
        try {
            assertThat(continuesWhereItWasAsked(transaction)).isTrue();
            assertThat(shop.count("attempts where last_value > 1", Tuple.tuple()))
                    .isOne();
        } finally {
            shop.execute("drop function fail_once cascade", Tuple.tuple());
            shop.execute("drop sequence attempts", Tuple.tuple());
        }
    }

    private boolean continuesWhereItWasAsked(Transaction transaction) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> {
            Context asked = Vertx.currentContext();
            return commits.resolve(transaction, new IllegalStateException("in doubt"))
                    .map(committed -> Vertx.currentContext() == asked);
        });
    }

    private Optional<Instant> insert(Transaction transaction) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> outbox.inTransaction(write -> table.insert(write.session(), List.of(transaction), Map.of())
                        .map(inserted -> Optional.ofNullable(inserted.get(transaction.id())))));
    }

    private Optional<Instant> resolve(Transaction transaction) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> table.resolveInDoubt(transaction));
    }

    private static Transaction transaction() {
        String device = UUID.randomUUID().toString();
        return new Transaction(
                new RegisterIdentity("vendor", "business", "register"),
                device,
                1,
                new TransactionRequest(
                        TransactionFunction.CARD_PURCHASE, RequestedAmounts.ofTotal(500), null, null, null),
                null);
    }
}
