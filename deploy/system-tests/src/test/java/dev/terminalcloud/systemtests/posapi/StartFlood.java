package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A register beyond its start rate limit. The shared limit is exhausted beforehand, and the local limit of each replica by as many
 * requests as the machine can send; each of them is rejected for its amount.
 */
final class StartFlood {
    private static final int AT_ONCE = 64;
    private static final int IN_A_ROUND = 800;
    private static final String USE_UP =
            "insert into transaction.start_rate_limit values (?, ?, now() + interval '1 hour')";

    private StartFlood() {}

    static Reply refused(RegisterFactory registers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try (TestRegister register = registers.create()) {
            Map<String, String> parameters = register.with("startTransaction", "purchase", "AmountTotal", "0");
            useUp(registers, parameters);
            Callable<Reply> start = () -> register.start(Form.FORM, parameters);
            return await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> firstLimited(pool.invokeAll(Collections.nCopies(IN_A_ROUND, start))),
                            Optional::isPresent)
                    .orElseThrow();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Optional<Reply> firstLimited(List<Future<Reply>> replies) throws Exception {
        for (Future<Reply> reply : replies) {
            if (reply.get().status() == 429) {
                return Optional.of(reply.get());
            }
        }
        return Optional.empty();
    }

    private static void useUp(RegisterFactory registers, Map<String, String> register) throws SQLException {
        try (Connection database = registers.database();
                PreparedStatement insert = database.prepareStatement(USE_UP)) {
            insert.setString(1, register.get("POSVendorName"));
            insert.setString(2, register.get("POSRegisterID"));
            insert.executeUpdate();
        }
    }
}
