package dev.terminalcloud.transaction.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion of transactions whose retention is over. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransactionCleanupTest {
    @Inject
    TransactionRows rows;

    @Inject
    TransactionCleanup cleanup;

    @Test
    void onlyOldAndEndedTransactionsAreDeleted() {
        UUID old = rows.insert("COMPLETED", "181 days");
        UUID recent = rows.insert("COMPLETED", "179 days");
        UUID unresolved = rows.insert("STARTED", "181 days");
        UUID withPendingCallback = rows.insertWithPendingCallback("181 days");

        cleanup.deleteExpired().await().indefinitely();

        assertThat(rows.exists("transaction", old)).isFalse();
        assertThat(rows.exists("transaction", recent)).isTrue();
        assertThat(rows.exists("transaction", unresolved)).isTrue();
        assertThat(rows.exists("transaction", withPendingCallback)).isTrue();
    }
}
