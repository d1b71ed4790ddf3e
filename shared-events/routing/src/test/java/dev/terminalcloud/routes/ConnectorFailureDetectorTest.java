package dev.terminalcloud.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.ConnectorEvent.ConnectorHeartbeat;
import dev.terminalcloud.events.ConnectorEvent.ConnectorStarted;
import dev.terminalcloud.routes.ConnectorFailureDetector.ConnectorInstance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFailureDetectorTest {
    private final ConnectorFailureDetector failureDetector = new ConnectorFailureDetector();

    /** The time of the last heartbeat, the time when the reader caught up, the current time, and whether the connector has timed out. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 19, false",
        "0, 0, 20, true",
        "0, 10, 29, false",
        "0, 10, 30, true",
        "10, 0, 29, false",
        "10, 0, 30, true",
        "0, 100, 100, false"
    })
    void timeoutStartsAtTheLaterOfHeartbeatAndCatchUp(int sign, int caughtUp, int now, boolean silent) {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(sign));
        failureDetector.markCaughtUp(seconds(caughtUp));

        assertThat(failureDetector.timedOut(seconds(now)).contains(new ConnectorInstance(0, 7)))
                .isEqualTo(silent);
    }

    /** The time of the last heartbeat, the time when the reader caught up, the current time, and whether the next 5 s are quiet. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 14, true",
        "0, 0, 15, false",
        "0, 0, 30, false",
        "10, 0, 24, true",
        "0, 10, 24, true",
        "0, 10, 25, false"
    })
    void quietMeansThatNoConnectorCanTimeOut(int heartbeat, int caughtUp, int now, boolean quiet) {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(heartbeat));
        failureDetector.markCaughtUp(seconds(caughtUp));

        assertThat(failureDetector.isQuietFor(Duration.ofSeconds(5), seconds(now)))
                .isEqualTo(quiet);
    }

    @Test
    void laggingReaderIsNotQuiet() {
        assertThat(failureDetector.isQuietFor(Duration.ofSeconds(5), seconds(0)))
                .isFalse();

        failureDetector.markCaughtUp(seconds(0));
        assertThat(failureDetector.isQuietFor(Duration.ofSeconds(5), seconds(0)))
                .isTrue();

        failureDetector.markLagging();
        assertThat(failureDetector.isQuietFor(Duration.ofSeconds(5), seconds(0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 5_000_000_000L, Long.MIN_VALUE, -1})
    void clockMayStartAnywhere(long start) {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), start);
        failureDetector.markCaughtUp(start + seconds(1));

        assertThat(failureDetector.timedOut(start + seconds(20))).isEmpty();
        assertThat(failureDetector.timedOut(start + seconds(21))).containsExactly(new ConnectorInstance(0, 7));
    }

    @Test
    void laggingReaderReportsNoTimeout() {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(0));
        assertThat(failureDetector.timedOut(seconds(100))).isEmpty();

        failureDetector.markCaughtUp(seconds(100));
        failureDetector.markLagging();
        assertThat(failureDetector.timedOut(seconds(200))).isEmpty();

        failureDetector.markCaughtUp(seconds(200));
        assertThat(failureDetector.timedOut(seconds(219))).isEmpty();
        assertThat(failureDetector.timedOut(seconds(220))).containsExactly(new ConnectorInstance(0, 7));
    }

    @Test
    void repeatedCatchUpDoesNotRestartTheTimeout() {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(0));
        failureDetector.markCaughtUp(seconds(0));
        failureDetector.markCaughtUp(seconds(19));

        assertThat(failureDetector.timedOut(seconds(20))).containsExactly(new ConnectorInstance(0, 7));
    }

    @Test
    void heartbeatClearsTheTimeout() {
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(0));
        failureDetector.markCaughtUp(seconds(0));
        assertThat(failureDetector.timedOut(seconds(30))).containsExactly(new ConnectorInstance(0, 7));

        assertThat(failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(30)))
                .isTrue();

        assertThat(failureDetector.timedOut(seconds(49))).isEmpty();
        assertThat(failureDetector.timedOut(seconds(50))).containsExactly(new ConnectorInstance(0, 7));
    }

    @Test
    void onlyTheNewestStartCounts() {
        failureDetector.markCaughtUp(seconds(0));
        assertThat(failureDetector.recordHeartbeat(new ConnectorStarted(0, 9), seconds(0)))
                .isTrue();

        assertThat(failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 7, null), seconds(10)))
                .isFalse();

        assertThat(failureDetector.timedOut(seconds(20))).containsExactly(new ConnectorInstance(0, 9));
    }

    @Test
    void connectorsAreJudgedOneByOne() {
        failureDetector.markCaughtUp(seconds(0));
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(0, 1, null), seconds(0));
        failureDetector.recordHeartbeat(new ConnectorHeartbeat(1, 2, null), seconds(10));

        assertThat(failureDetector.timedOut(seconds(20))).containsExactly(new ConnectorInstance(0, 1));
        assertThat(failureDetector.timedOut(seconds(30)))
                .containsExactlyInAnyOrder(new ConnectorInstance(0, 1), new ConnectorInstance(1, 2));
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
