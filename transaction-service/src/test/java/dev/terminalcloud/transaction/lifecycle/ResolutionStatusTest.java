package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The table of {@link ResolutionStatus}, with each combination of states. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class ResolutionStatusTest {
    /** The first row that matches counts. {@code *} is anything. */
    private static final String TABLE =
            """
            QUEUED     *        *          *         *             *        *           QUEUED
            COMPLETED  *        *          *         *             *        *           COMPLETED
            STARTED    *        neverSeen  *         *             *        *           NEVER_SEEN
            STARTED    *        *          *         *             *        unreadable  REPORT_UNREADABLE
            STARTED    .        *          *         *             *        *           RUNNING
            STARTED    delayed  .          *         disconnected  revoked  *           REVOKED
            STARTED    delayed  .          *         suspended     revoked  *           REVOKED
            STARTED    delayed  .          .         *             *        *           AWAITING_DEVICE
            STARTED    delayed  .          timedOut  reconnected   *        *           DEVICE_RECONNECTED
            STARTED    delayed  .          timedOut  *             *        *           DEVICE_UNRESPONSIVE
            """;

    private static final List<List<String>> KNOWN = List.of(
            List.of("QUEUED", "STARTED", "COMPLETED"),
            List.of(".", "delayed"),
            List.of(".", "neverSeen"),
            List.of(".", "timedOut"),
            List.of("disconnected", "reconnected", "connected", "suspended"),
            List.of("unknown", "admitted", "revoked"),
            List.of(".", "unreadable"));

    private static final String INSERT =
            """
            insert into transaction (id, access_token, vendor_name, business_name, register_id, device_id, pairing_number,
                function, phase, expires_at, overdue_at, started_at, delayed_at, never_seen_at, report_unreadable_at, finished_at, outcome)
            values ($1, $1, 'v', 'b', 'r', $2, 1, 'CARD_PURCHASE', $3, now(), now() - $4::integer * interval '1 hour',
                now(), case when $5 then now() end, case when $6 then now() end, case when $7 then now() end,
                case when $3 = 'COMPLETED' then now() end, case when $3 = 'COMPLETED' then '{"result":"OK"}' end)
            """;

    private static final String OPEN_SESSION =
            """
            with known as (insert into connector (connector_index, epoch, suspended_at)
                values (901, 1, null), (902, 1, now())),
            device as (insert into device_route (device_id) values ($1))
            insert into device_session (session_id, device_id, connector_index, connector_epoch, opened_at)
            values ($2, $1, $3, 1, now() - $4::integer * interval '1 minute')
            """;

    private static final String REGISTER =
            "insert into registered_device (device_id, version, revoked) values ($1, 1, $2)";

    private static final int UNANSWERED_SECONDS = 24 * 60 * 60;

    @Inject
    Pool pool;

    @Test
    void followsTheTable() {
        List<List<String>> combinations = combinations(KNOWN);
        assertThat(combinations).hasSize(3 * 2 * 2 * 2 * 4 * 3 * 2);
        for (List<String> known : combinations) {
            assertThat(statusOf(known)).as(known.toString()).isEqualTo(expected(known));
        }
    }

    @Test
    void operatorIsNeededWhereTheDeviceCannotReport() {
        assertThat(ResolutionStatus.values())
                .filteredOn(ResolutionStatus::needsOperator)
                .containsExactly(
                        ResolutionStatus.NEVER_SEEN,
                        ResolutionStatus.REPORT_UNREADABLE,
                        ResolutionStatus.REVOKED,
                        ResolutionStatus.DEVICE_UNRESPONSIVE);
    }

    /** The row is never committed: the sweeps would change it. */
    private ResolutionStatus statusOf(List<String> known) {
        UUID id = UUID.randomUUID();
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            connection.begin().await().indefinitely();
            run(
                    connection,
                    INSERT,
                    Tuple.from(List.of(
                            id,
                            id.toString(),
                            known.get(0),
                            known.get(3).equals("timedOut") ? 25 : 23,
                            known.get(1).equals("delayed"),
                            known.get(2).equals("neverSeen"),
                            known.get(6).equals("unreadable"))));
            openSession(connection, id.toString(), known.get(4));
            register(connection, id.toString(), known.get(5));
            return connection
                    .preparedQuery("select %s as resolution_status from transaction_overview t where id = $2"
                            .formatted(ResolutionStatus.sql("$1")))
                    .execute(Tuple.of((long) UNANSWERED_SECONDS, id))
                    .map(rows -> ResolutionStatus.valueOf(rows.iterator().next().getString("resolution_status")))
                    .await()
                    .indefinitely();
        } finally {
            connection.query("rollback").executeAndAwait();
            connection.closeAndAwait();
        }
    }

    private static void openSession(SqlConnection connection, String device, String session) {
        switch (session) {
            case "reconnected" -> run(connection, OPEN_SESSION, Tuple.of(device, UUID.randomUUID(), 901, 9));
            case "connected" -> run(connection, OPEN_SESSION, Tuple.of(device, UUID.randomUUID(), 901, 11));
            case "suspended" -> run(connection, OPEN_SESSION, Tuple.of(device, UUID.randomUUID(), 902, 9));
            default -> assertThat(session).isEqualTo("disconnected");
        }
    }

    private static void register(SqlConnection connection, String device, String registration) {
        if (!registration.equals("unknown")) {
            run(connection, REGISTER, Tuple.of(device, registration.equals("revoked")));
        }
    }

    private static void run(SqlConnection connection, String statement, Tuple parameters) {
        connection.preparedQuery(statement).execute(parameters).await().indefinitely();
    }

    private static ResolutionStatus expected(List<String> known) {
        return TABLE.lines()
                .map(row -> Arrays.asList(row.trim().split("\\s+")))
                .filter(row -> matches(row, known))
                .map(row -> ResolutionStatus.valueOf(row.get(known.size())))
                .findFirst()
                .orElseThrow();
    }

    private static boolean matches(List<String> row, List<String> known) {
        for (int i = 0; i < known.size(); i++) {
            if (!row.get(i).equals("*") && !row.get(i).equals(known.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<List<String>> combinations(List<List<String>> known) {
        List<List<String>> combinations = List.of(List.of());
        for (List<String> values : known) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> combination : combinations) {
                for (String value : values) {
                    List<String> next = new ArrayList<>(combination);
                    next.add(value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations;
    }
}
