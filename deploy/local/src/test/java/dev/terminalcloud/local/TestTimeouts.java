package dev.terminalcloud.local;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The timeout of this module's tests: long, since they start processes on machines that are busy with other builds. */
public final class TestTimeouts {
    public static final int SECONDS = 120;
    public static final Duration TIMEOUT = Duration.ofSeconds(SECONDS);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    private TestTimeouts() {}

    /** Waits for a condition that will be true as soon as the machine has time for it: mostly within milliseconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(TIMEOUT).pollInterval(POLL_INTERVAL);
    }

    /** Waits for the result. */
    public static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
