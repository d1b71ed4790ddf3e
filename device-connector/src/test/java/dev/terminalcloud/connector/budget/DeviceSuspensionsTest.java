package dev.terminalcloud.connector.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeviceSuspensionsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String DEVICE = "7000000001";

    private final AtomicLong now = new AtomicLong(5);
    private final Ticker clock = now::get;
    private final DeviceSuspensions suspensions = new DeviceSuspensions(
            TestBudgetLimits.withSuspension(Duration.ofSeconds(1), Duration.ofSeconds(100), Duration.ofSeconds(60)),
            clock);

    @Test
    void firstSuspensionIsShort() {
        suspensions.suspend(DEVICE, now.get());

        assertThat(secondsUntilAllowed()).isEqualTo(1);
    }

    @Test
    void eachFurtherSuspensionIsEightTimesAsLongUpToTheMaximum() {
        assertThat(suspendAndWait()).isEqualTo(1);
        assertThat(suspendAndWait()).isEqualTo(8);
        assertThat(suspendAndWait()).isEqualTo(64);
        assertThat(suspendAndWait()).isEqualTo(100);
        assertThat(suspendAndWait()).isEqualTo(100);
    }

    @Test
    void suspensionIsShortAgainAfterAQuietTime() {
        suspendAndWait();
        suspendAndWait();
        now.addAndGet(60 * SECOND);

        assertThat(suspendAndWait()).isEqualTo(1);
    }

    @Test
    void suspensionIsNotForgottenBeforeThat() {
        suspendAndWait();
        suspendAndWait();
        now.addAndGet(60 * SECOND - 1);

        assertThat(suspendAndWait()).isEqualTo(64);
    }

    @Test
    void secondBreachOfTheSameTimeChangesNothing() {
        suspensions.suspend(DEVICE, now.get());
        suspensions.suspend(DEVICE, now.get() + SECOND / 2);

        assertThat(secondsUntilAllowed()).isEqualTo(1);
    }

    @Test
    void onlySuspendedDevicesAreCountedAndRefused() {
        suspensions.suspend(DEVICE, now.get());

        assertThat(suspensions.isSuspended("7000000002", now.get())).isFalse();
        assertThat(suspensions.count(now.get())).isEqualTo(1);
        assertThat(suspensions.count(now.get() + SECOND)).isZero();
    }

    private long suspendAndWait() {
        suspensions.suspend(DEVICE, now.get());
        long seconds = secondsUntilAllowed();
        now.addAndGet(seconds * SECOND);
        return seconds;
    }

    private long secondsUntilAllowed() {
        long seconds = 0;
        while (suspensions.isSuspended(DEVICE, now.get() + seconds * SECOND)) {
            seconds++;
        }
        assertThat(suspensions.isSuspended(DEVICE, now.get() + seconds * SECOND - 1))
                .isTrue();
        return seconds;
    }
}
