package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs the checker for a minute and a half on a separate stack; {@code deploy/checker/run} makes longer runs. With the system property
 * {@code disasters} it does so on another one that loses the data of Kafka, which takes up to four minutes. The environment variable {@value #SKEW} sets the clock skew of the replicas in minutes, which needs libfaketime.
 */
@Tag("slow")
@Isolated("uses the whole machine")
class CheckedPromisesTest {
    private static final int LIMIT_MINUTES = 6;
    private static final String SKEW = "TERMINAL_CLOUD_CLOCK_SKEW";
    private static final List<String> FAULTS = List.of(
            "kill-transaction-service",
            "kill-device-connector",
            "connection-reset-postgres",
            "lost-commit-ack-postgres",
            "stall-kafka",
            "terminate-pairing-service");

    @Test
    void noPromiseIsBrokenWhilePartsFail() throws IOException, InterruptedException {
        check(45, 20, FAULTS);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "disasters",
            matches = "true",
            disabledReason = "-Ddisasters=true runs it: up to four minutes")
    void noPromiseIsBrokenWhenKafkaLosesItsData() throws IOException, InterruptedException {
        check(40, 6, List.of("data-loss-kafka"));
    }

    private static void check(int seconds, int registers, List<String> faults)
            throws IOException, InterruptedException {
        int seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
        Path results = Path.of("target", "checker", Integer.toString(seed)).toAbsolutePath();
        Process checker = new ProcessBuilder(
                        Installation.root().resolve("deploy/checker/run").toString(),
                        "--seed=" + seed,
                        "--duration=" + seconds,
                        "--registers=" + registers,
                        "--fault-interval=0",
                        "--concurrent-faults=1",
                        "--clock-skew=" + System.getenv().getOrDefault(SKEW, "0"),
                        "--faults=" + String.join(",", faults),
                        "--output=" + results)
                .redirectErrorStream(true)
                .start();
        Output output = Output.of(checker);
        boolean hasEnded = checker.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!hasEnded) {
            checker.destroy();
        }
        String description = "--seed=%d, see %s:%n%s".formatted(seed, results.resolve("report.html"), output);
        assertThat(hasEnded).as(description).isTrue();
        assertThat(checker.exitValue()).as(description).isZero();
    }
}
