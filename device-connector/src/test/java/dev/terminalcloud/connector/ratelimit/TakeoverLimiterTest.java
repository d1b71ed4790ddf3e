package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits by default: 4 takeovers at once, one more after each 15 s. */
class TakeoverLimiterTest {
    private static final String DEVICE = "7000000016";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final boolean OPEN = true;
    private static final boolean NONE_OPEN = false;

    private final TakeoverLimiter limiter = new TakeoverLimiter(defaults());

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -7})
    void fifthTakeoverAtOnceIsRefusedAtAnyClockOrigin(long now) {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.tryAcquire(DEVICE, OPEN, now)).isTrue();
        }

        assertThat(limiter.tryAcquire(DEVICE, OPEN, now)).isFalse();
        assertThat(limiter.tryAcquire("7000000024", OPEN, now)).isTrue();
    }

    @Test
    void refusedDeviceIsAcceptedAfterTheRefillIntervalHoweverOftenItTries() {
        exhaust();
        for (long now = 0; now < 15 * SECOND; now += SECOND / 10) {
            assertThat(limiter.tryAcquire(DEVICE, OPEN, now)).isFalse();
        }

        assertThat(limiter.tryAcquire(DEVICE, OPEN, 15 * SECOND)).isTrue();
        assertThat(limiter.tryAcquire(DEVICE, OPEN, 15 * SECOND)).isFalse();
        assertThat(limiter.tryAcquire(DEVICE, OPEN, 30 * SECOND)).isTrue();
    }

    @Test
    void deviceWithoutAnOpenSessionIsAlwaysAccepted() {
        exhaust();

        for (int i = 0; i < 100; i++) {
            assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 0)).isTrue();
        }
    }

    @Test
    void takeoversEvery15SecondsAreNeverRefused() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.tryAcquire(DEVICE, OPEN, i * (15 * SECOND))).isTrue();
        }
    }

    @Test
    void takeoversByAnotherConnectorCount() {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 0)).isTrue();
            limiter.recordSuperseded(DEVICE, 0);
        }

        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 0)).isFalse();
        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 15 * SECOND)).isTrue();
    }

    @Test
    void deviceThatLeftAfterATakeoverByAnotherConnectorIsAccepted() {
        exhaust();
        limiter.recordSuperseded(DEVICE, 0);
        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 0)).isFalse();

        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 15 * SECOND)).isTrue();
        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 15 * SECOND)).isTrue();
    }

    @Test
    void manyTakeoversByAnotherConnectorDoNotLockADeviceOut() {
        for (int i = 0; i < 1_000; i++) {
            limiter.recordSuperseded(DEVICE, 0);
        }

        assertThat(limiter.tryAcquire(DEVICE, NONE_OPEN, 15 * SECOND)).isTrue();
    }

    /** Two clients that retry at once: on one connector they replace each other a few times a minute. */
    @Test
    void twoClientsOnOneConnectorReplaceEachOtherAFewTimesAMinute() {
        int takeovers = 0;
        for (long now = 0; now < 60 * SECOND; now += SECOND / 1_000) {
            takeovers += limiter.tryAcquire(DEVICE, OPEN, now) ? 1 : 0;
        }

        assertThat(takeovers).isEqualTo(4 + 3);
    }

    /** A client that lost its session retries at once, at any connector; the cloud ends the older session at once. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void twoClientsOnManyConnectorsReplaceEachOtherAFewTimesAMinute(int connectors) {
        List<TakeoverLimiter> limiters = Stream.generate(() -> new TakeoverLimiter(defaults()))
                .limit(connectors)
                .toList();
        Random balancer = new Random(1);
        int current = 0;
        int takeovers = 0;
        for (long now = 0; now < 60 * SECOND; now += SECOND / 1_000) {
            int next = balancer.nextInt(connectors);
            if (!limiters.get(next).tryAcquire(DEVICE, next == current, now)) {
                continue;
            }
            if (next != current) {
                limiters.get(current).recordSuperseded(DEVICE, now);
            }
            current = next;
            takeovers++;
        }

        // 7 of each connector, and some that a connector learns of when it has no token left to take
        assertThat(takeovers).isBetween(4, connectors * 10);
    }

    private void exhaust() {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.tryAcquire(DEVICE, OPEN, 0)).isTrue();
        }
        assertThat(limiter.tryAcquire(DEVICE, OPEN, 0)).isFalse();
    }

    static ConnectorConfiguration defaults() {
        return new SmallRyeConfigBuilder()
                .withMapping(ConnectorConfiguration.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(Map.of("connector.index", "0"), "test", 100))
                .build()
                .getConfigMapping(ConnectorConfiguration.class);
    }
}
