package dev.terminalcloud.transaction.retention;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Rows of transactions of any age, with a prompt and a callback URL. The token of each is its id. */
@ApplicationScoped
class TransactionRows {
    private static final String INSERT =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, phase, created_at, expires_at, overdue_at, started_at, finished_at, outcome, prompt, callback_url)
            values ($1, $1, 'v', 'b', 'r', $2, 1, 'CARD_PURCHASE', $3, now() - cast($4::text as interval), now() + interval '1 day',
                now() + interval '1 day', now(), case when $3 = 'COMPLETED' then now() end,
                case when $3 = 'COMPLETED' then '{"result":"OK"}' end, 'PRESENT CARD', 'http://till.test/')
            """;

    private final Pool pool;

    TransactionRows(Pool pool) {
        this.pool = pool;
    }

    /** @param age an interval of PostgreSQL */
    UUID insert(String phase, String age) {
        UUID id = UUID.randomUUID();
        execute(INSERT, Tuple.of(id, id.toString(), phase, age));
        return id;
    }

    UUID insertWithPendingCallback(String age) {
        UUID id = insert("COMPLETED", age);
        execute(
                "insert into callback (transaction_id, next_attempt_at) values ($1, now() + interval '1 day')",
                Tuple.of(id));
        return id;
    }

    void execute(String statement, Tuple parameters) {
        pool.preparedQuery(statement).execute(parameters).await().indefinitely();
    }

    boolean exists(String table, UUID id) {
        String column = table.equals("transaction") ? "id" : "transaction_id";
        return pool.preparedQuery("select from %s where %s = $1".formatted(table, column))
                        .execute(Tuple.of(id))
                        .await()
                        .indefinitely()
                        .rowCount()
                == 1;
    }

    Row find(UUID id) {
        return pool.preparedQuery("select * from transaction where id = $1")
                .execute(Tuple.of(id))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }
}
