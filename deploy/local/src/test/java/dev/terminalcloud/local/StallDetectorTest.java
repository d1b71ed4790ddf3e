package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallDetectorTest {
    private static final Duration LIMIT = Duration.ofSeconds(100);

    /** Each row repeats one change every second for 1000 seconds. */
    @ParameterizedTest
    @CsvSource({
        "nothing changes at all,                    0,   0, false, true",
        "it writes a line once a second,           80,   0, false, false",
        "its state alternates,                      0,   0, true,  false",
        "it works on a busy machine,                0,  50, false, false",
        "it works on a very busy machine,           0,  21, false, false",
        "it only waits and answers probes,          0,  10, false, true",
    })
    void processMovesAsLongAsItWorks(
            String situation, long bytes, long processorMillis, boolean alternates, boolean isStalled) {
        StallDetector detector = new StallDetector(LIMIT, sample(0, 0, 0, false), 0);
        boolean stalled = false;
        for (int second = 1; second <= 1000; second++) {
            ProgressSample next = sample(second, bytes, processorMillis, alternates);
            stalled |= detector.isStalled(next, Duration.ofSeconds(second).toNanos());
        }
        assertThat(stalled).as(situation).isEqualTo(isStalled);
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "5000, true"})
    void stallBeginsAfterTheLimit(long seconds, boolean isStalled) {
        StallDetector detector = new StallDetector(LIMIT, sample(0, 0, 0, false), 0);
        assertThat(detector.isStalled(
                        sample(0, 0, 0, false), Duration.ofSeconds(seconds).toNanos()))
                .isEqualTo(isStalled);
    }

    private static ProgressSample sample(int second, long bytes, long processorMillis, boolean alternates) {
        return new ProgressSample(
                alternates && second % 2 == 1 ? "not ready" : "its port is not open",
                second * bytes,
                Duration.ofMillis(second * processorMillis));
    }
}
