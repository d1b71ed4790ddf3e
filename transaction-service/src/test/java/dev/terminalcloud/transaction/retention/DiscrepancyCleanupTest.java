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

/** Deletion of device events that could not be applied. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DiscrepancyCleanupTest {
    private static final String INSERT =
            """
            insert into discrepancy (transaction_id, device_id, type, reason, payload, recorded_at)
            values ($1, $2, 'device.transaction-finished.v1', 'UNKNOWN_TRANSACTION', '{}', now() - cast($3::text as interval))
            """;

    @Inject
    TransactionRows rows;

    @Inject
    DiscrepancyCleanup cleanup;

    @Test
    void oldDiscrepanciesAreDeletedExceptThoseOfOpenTransactions() {
        UUID unknown = record(UUID.randomUUID(), "181 days");
        UUID recent = record(UUID.randomUUID(), "179 days");
        UUID ended = record(rows.insert("COMPLETED", "200 days"), "181 days");
        UUID open = record(rows.insert("STARTED", "200 days"), "181 days");

        cleanup.deleteExpired().await().indefinitely();

        assertThat(rows.exists("discrepancy", unknown)).isFalse();
        assertThat(rows.exists("discrepancy", recent)).isTrue();
        assertThat(rows.exists("discrepancy", ended)).isFalse();
        assertThat(rows.exists("discrepancy", open)).isTrue();
    }

    private UUID record(UUID transaction, String age) {
        rows.execute(INSERT, Tuple.of(transaction, transaction.toString(), age));
        return transaction;
    }
}
