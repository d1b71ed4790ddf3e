package dev.terminalcloud.benchmark.load;

import static dev.terminalcloud.benchmark.load.SimulatedClock.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final ArrivalSchedule TEN_SECONDS = new ArrivalSchedule(100, Duration.ofSeconds(10));
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Percentage RESOLUTION = Percentage.withPercentage(1);

    private final SimulatedClock clock = new SimulatedClock();

    @Test
    void eachTransactionIsMeasuredToTheDeviceAndToTheEnd() throws InterruptedException {
        Trial trial = run(FakeChain.withLatency(clock, 10, 20));
        assertThat(trial.ended()).isEqualTo(1000);
        assertThat(percentile(trial.toDevice(), 50)).isCloseTo(millis(10), RESOLUTION);
        assertThat(percentile(trial.toEnd(), 99)).isCloseTo(millis(20), RESOLUTION);
        assertThat(trial.isSustained(LIMIT)).isTrue();
        assertThat(trial.endedPerThousandSeconds()).isCloseTo(100_000, RESOLUTION);
    }

    /** A closed loop would record the stall once: the transactions that it delays would not be sent meanwhile. */
    @Test
    void stallCountsForEachTransactionThatArrivesMeanwhile() throws InterruptedException {
        long stallBegin = millis(2000);
        long stallEnd = millis(4000);
        FakeChain stalling = new FakeChain(
                clock, 1000, begin -> (begin >= stallBegin && begin < stallEnd ? stallEnd : begin) + millis(1));
        Trial trial = run(stalling);
        assertThat(trial.unfinished()).isZero();
        assertThat(percentile(trial.toEnd(), 80)).isCloseTo(millis(1), RESOLUTION);
        assertThat(percentile(trial.toEnd(), 90)).isCloseTo(millis(1001), RESOLUTION);
        assertThat(trial.toEnd().getMaxValue()).isCloseTo(millis(2001), RESOLUTION);
        assertThat(trial.isSustained(LIMIT)).isFalse();
    }

    @Test
    void waitForFreeDeviceCounts() throws InterruptedException {
        Trial trial = run(FakeChain.withLatency(clock, 1, 11));
        assertThat(trial.ended()).isEqualTo(1000);
        assertThat(percentile(trial.toEnd(), 50)).isCloseTo(millis(11 + 500), RESOLUTION);
        assertThat(trial.toEnd().getMaxValue()).isCloseTo(millis(11 + 999), RESOLUTION);
    }

    @Test
    void lostTransactionCountsWithItsAgeAndOccupiesItsDevice() throws InterruptedException {
        FakeChain losesTheFirst = new FakeChain(clock, 2, begin -> begin == 0 ? FakeChain.NEVER : begin + millis(1));
        OpenLoop loop = new OpenLoop(losesTheFirst, DRAIN_TIMEOUT, clock);
        Trial trial = loop.run(TEN_SECONDS);
        assertThat(trial.ended()).isEqualTo(999);
        assertThat(trial.unfinished()).isEqualTo(1);
        assertThat(trial.toEnd().getMaxValue()).isCloseTo(millis(14_990), RESOLUTION);
        assertThat(trial.isSustained(LIMIT)).isFalse();
        assertThat(loop.run(TEN_SECONDS).ended()).isEqualTo(1000);
    }

    @Test
    void idleLoopHasNoTransactionOfAnEarlierTrial() throws InterruptedException {
        long end = millis(60_000);
        OpenLoop loop = new OpenLoop(new FakeChain(clock, 2, begin -> end), DRAIN_TIMEOUT, clock);
        assertThat(loop.run(TEN_SECONDS).unfinished()).isEqualTo(1000);
        loop.awaitIdle(Duration.ofHours(1));
        assertThat(clock.nanos()).isCloseTo(end, RESOLUTION);
    }

    @Test
    void arrivalsWithoutDeviceEndWithTheTrial() throws InterruptedException {
        FakeChain losesAll = new FakeChain(clock, 1, begin -> FakeChain.NEVER);
        assertThat(run(losesAll).unfinished()).isEqualTo(1000);
    }

    @Test
    void failedTransactionIsCountedAndItsDeviceIsFree() throws InterruptedException {
        TransactionDriver rejecting = new TransactionDriver() {
            @Override
            public int devices() {
                return 1;
            }

            @Override
            public void begin(int device, TransactionObserver observer) {
                clock.planAt(clock.nanos() + 1, () -> observer.failed("device is busy"));
            }
        };
        Trial trial = run(rejecting);
        assertThat(trial.failed()).isEqualTo(1000);
        assertThat(trial.firstFailure()).isEqualTo(Optional.of("device is busy"));
        assertThat(trial.isSustained(LIMIT)).isFalse();
    }

    private Trial run(TransactionDriver driver) throws InterruptedException {
        return new OpenLoop(driver, DRAIN_TIMEOUT, clock).run(TEN_SECONDS);
    }

    private static long percentile(Histogram histogram, int percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
