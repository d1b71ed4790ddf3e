package dev.terminalcloud.transaction.servicelevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationBucketTest {
    @Test
    void middleIsWithinFivePercentOfEachDuration() {
        for (long millis = 30; millis < Duration.ofDays(1).toMillis(); millis += 1 + millis / 50) {
            assertThat(DurationBucket.middleMillis(DurationBucket.of(Duration.ofMillis(millis))))
                    .isCloseTo(millis, Percentage.withPercentage(5.2));
        }
    }

    @Test
    void shortDurationIsKnownToTheMillisecond() {
        for (long millis = 1; millis <= 30; millis++) {
            assertThat(DurationBucket.middleMillis(DurationBucket.of(Duration.ofMillis(millis))))
                    .isCloseTo(millis, within(1L));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT-1S, 1", "PT0.0004S, 1"})
    void durationBelowAMillisecondCountsAsOne(Duration duration, long millis) {
        assertThat(DurationBucket.middleMillis(DurationBucket.of(duration))).isEqualTo(millis);
    }

    @Test
    void veryLongDurationIsInTheLastBucket() {
        assertThat(DurationBucket.of(Duration.ofDays(36_500))).isEqualTo(DurationBucket.of(Duration.ofDays(3)));
    }
}
