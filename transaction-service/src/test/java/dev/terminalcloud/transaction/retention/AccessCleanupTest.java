package dev.terminalcloud.transaction.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Erasure of polling tokens and callback URLs: a token is valid for 15 minutes, and kept for a day more. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class AccessCleanupTest {
    @Inject
    TransactionRows rows;

    @Inject
    AccessCleanup cleanup;

    @Test
    void accessIsErasedWhenNothingUsesIt() {
        UUID old = rows.insert("COMPLETED", "1 day 16 minutes");

        cleanup.eraseExpired().await().indefinitely();
        Row erased = rows.find(old);

        assertThat(erased.getUUID("access_token")).isNotNull().isNotEqualTo(old);
        assertThat(erased.getString("callback_url")).isNull();
        assertThat(erased.getString("prompt")).isNull();
        assertThat(erased.getValue("access_erased_at")).isNotNull();
        assertThat(erased.getString("outcome")).isNotNull();
        cleanup.eraseExpired().await().indefinitely();
        assertThat(rows.find(old).getUUID("access_token")).isEqualTo(erased.getUUID("access_token"));
    }

    @Test
    void accessThatMayBeUsedStays() {
        UUID recent = rows.insert("COMPLETED", "1 day 14 minutes");
        UUID open = rows.insert("STARTED", "2 days");
        UUID withPendingCallback = rows.insertWithPendingCallback("2 days");
        UUID renewed = rows.insert("COMPLETED", "2 days");
        rows.execute("update transaction set access_token_issued_at = now() where id = $1", Tuple.of(renewed));

        cleanup.eraseExpired().await().indefinitely();

        assertThat(rows.find(recent).getUUID("access_token")).isEqualTo(recent);
        assertThat(rows.find(open).getUUID("access_token")).isEqualTo(open);
        assertThat(rows.find(renewed).getUUID("access_token")).isEqualTo(renewed);
        assertThat(rows.find(withPendingCallback).getUUID("access_token")).isEqualTo(withPendingCallback);
        assertThat(rows.find(withPendingCallback).getString("callback_url")).isNotNull();
    }
}
