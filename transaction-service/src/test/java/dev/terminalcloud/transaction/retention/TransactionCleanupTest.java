package dev.terminalcloud.transaction.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deletion of transactions whose retention is over. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class RetentionTest {
    private static final String INSERT =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, phase, created_at, expires_at, overdue_at, started_at, finished_at, outcome)
            values ($1, $1, 'v', 'b', 'r', $2, 1, 'CARD_PURCHASE', $3, now() - $4::integer * interval '1 day', now() + interval '1 day',
                now() + interval '1 day', now(), case when $3 = 'COMPLETED' then now() end,
                case when $3 = 'COMPLETED' then '{"result":"OK"}' end)
            """;

    @Inject
    Pool pool;

    @Inject
    Retention retention;

    @Test
    void onlyWhatIsOldAndResolvedIsRemoved() {
        UUID old = transaction("COMPLETED", 181);
        UUID recent = transaction("COMPLETED", 179);
        UUID unresolved = transaction("STARTED", 181);
        UUID withPendingCallback = transaction("COMPLETED", 181);
        pool.preparedQuery(
                        "insert into callback (transaction_id, next_attempt_at) values ($1, now() + interval '1 day')")
                .execute(Tuple.of(withPendingCallback))
                .await()
                .indefinitely();

        retention.deleteExpired().await().indefinitely();

        assertThat(exists(old)).isFalse();
        assertThat(exists(recent)).isTrue();
        assertThat(exists(unresolved)).isTrue();
        assertThat(exists(withPendingCallback)).isTrue();
    }

    private UUID transaction(String phase, int days) {
        UUID id = UUID.randomUUID();
        pool.preparedQuery(INSERT)
                .execute(Tuple.of(id, id.toString(), phase, days))
                .await()
                .indefinitely();
        return id;
    }

    private boolean exists(UUID id) {
        return pool.preparedQuery("select from transaction where id = $1")
                        .execute(Tuple.of(id))
                        .await()
                        .indefinitely()
                        .rowCount()
                == 1;
    }
}
