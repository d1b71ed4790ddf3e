package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainPaceTest {
    /** Of 50,000 in a minute, 833 in each second; of a few, 50 in each second. */
    @ParameterizedTest(name = "{3} of {0} sessions must have ended {2} ms into a drain of {1} s")
    @CsvSource({
        "50000, 60,     0,     0",
        "50000, 60,    20,    16",
        "50000, 60,  1000,   833",
        "50000, 60,  2000,  1666",
        "50000, 60, 30000, 25000",
        "50000, 60, 59999, 49999",
        "50000, 60, 60000, 50000",
        "50000, 60, 90000, 50000",
        "100,   60,  1000,    50",
        "100,   60,  2000,   100",
        "1,     60,    19,     0",
        "1,     60,    20,     1",
        "50000,  0,     0, 50000",
        "0,     60,     0,     0",
        "1000000, 3600, 3599999, 999999"
    })
    void sessionsEndEvenlyOverTheTime(int sessions, int seconds, int elapsedMillis, int due) {
        DrainPace pace = new DrainPace(sessions, Duration.ofSeconds(seconds), 50);

        assertThat(pace.dueAfter(Duration.ofMillis(elapsedMillis))).isEqualTo(due);
    }

    @ParameterizedTest(name = "{1} of 100 sessions must have ended {0} ms into 4 s")
    @CsvSource({"0, 0", "40, 1", "2000, 50", "4000, 100"})
    void sessionsEndNoFasterWithoutAMinimumRate(int elapsedMillis, int due) {
        DrainPace pace = new DrainPace(100, Duration.ofSeconds(4), 0);

        assertThat(pace.dueAfter(Duration.ofMillis(elapsedMillis))).isEqualTo(due);
    }
}
