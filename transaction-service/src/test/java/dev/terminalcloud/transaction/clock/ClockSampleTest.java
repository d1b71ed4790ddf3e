package dev.terminalcloud.transaction.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are nanoseconds of a monotonic clock, whose origin is arbitrary: this one starts near the overflow. */
class ClockSampleTest {
    private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void sampleIsAtTheMidpointWithHalfTheRoundTripAsUncertainty() {
        ClockSample reading = ClockSample.of(NOON, BEGIN, BEGIN + millis(10));

        assertThat(reading.uncertainty()).isEqualTo(Duration.ofMillis(5));
        assertThat(reading.at(BEGIN + millis(5))).isEqualTo(NOON);
    }

    @Test
    void timeAdvancesByTheMonotonicClockAcrossOverflow() {
        ClockSample reading = ClockSample.of(NOON, BEGIN, BEGIN);

        assertThat(reading.at(BEGIN + millis(3_000))).isEqualTo(NOON.plusSeconds(3));
        assertThat(reading.at(BEGIN - millis(3_000))).isEqualTo(NOON.minusSeconds(3));
    }

    @ParameterizedTest(name = "known to {0} ms {1} ms ago, newer to {2} ms and {3} ms ahead: the {4} one")
    @CsvSource({
        "5,  5000,   2,       0, newer",
        "2,  1000,   5,       0, known",
        "2,  5000,   5,       0, newer",
        "2, 60000, 100,       0, known",
        "2, 99000, 100,       0, newer",
        "2,  1000,   5,       8, known",
        "2,  1000,   5,       9, newer",
        "2,  1000,   5,      -8, known",
        "2,  1000,   5,      -9, newer",
        "2,  5000, 100, -300000, newer"
    })
    void moreCertainSampleWinsUnlessTheClockWasSet(long knownTo, long age, long newerTo, long ahead, String counts) {
        ClockSample known = new ClockSample(BEGIN, NOON, Duration.ofMillis(knownTo));
        long later = BEGIN + millis(age);
        ClockSample newer = new ClockSample(later, known.at(later).plusMillis(ahead), Duration.ofMillis(newerTo));

        assertThat(ClockSample.moreCertain(known, newer)).isSameAs(counts.equals("known") ? known : newer);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
