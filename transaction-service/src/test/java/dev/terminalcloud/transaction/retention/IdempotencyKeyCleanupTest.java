package dev.terminalcloud.transaction.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion of idempotency keys: a day after the intake, if the transaction has ended. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class IdempotencyKeyCleanupTest {
    @Inject
    TransactionRows rows;

    @Inject
    IdempotencyKeyCleanup cleanup;

    @Test
    void keyIsDeletedAfterADay() {
        UUID old = withKey(rows.insert("COMPLETED", "1 day 1 minute"));
        UUID recent = withKey(rows.insert("COMPLETED", "23 hours 59 minutes"));
        UUID open = withKey(rows.insert("STARTED", "2 days"));

        cleanup.deleteExpired().await().indefinitely();

        assertThat(rows.find(old).getString("idempotency_key_hash")).isNull();
        assertThat(rows.find(recent).getString("idempotency_key_hash")).isEqualTo(recent.toString());
        assertThat(rows.find(open).getString("idempotency_key_hash")).isEqualTo(open.toString());
    }

    private UUID withKey(UUID transaction) {
        rows.execute(
                "update transaction set idempotency_key_hash = $2 where id = $1",
                Tuple.of(transaction, transaction.toString()));
        return transaction;
    }
}
