package dev.terminalcloud.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.network.ClientAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedLoginLimiterTest {
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final ClientAddress ADDRESS = new ClientAddress("192.0.2.1");
    private static final ClientAddress ANOTHER = new ClientAddress("192.0.2.2");

    private final FailedLoginLimiter limiter = new FailedLoginLimiter(3, WINDOW);

    @Test
    void loginAfterTooManyFailuresWaitsForTheEndOfTheWindow() {
        fail(3);

        assertThat(limiter.begin(ADDRESS, START.plusSeconds(20))).contains(Duration.ofSeconds(40));
        assertThat(limiter.begin(ADDRESS, START.plus(WINDOW))).isEmpty();
    }

    @Test
    void failuresAreCounted() {
        limiter.begin(ADDRESS, START);
        assertThat(limiter.fail(ADDRESS, START)).isEqualTo(1);
        limiter.begin(ADDRESS, START);
        assertThat(limiter.fail(ADDRESS, START)).isEqualTo(2);
    }

    @Test
    void otherAddressIsNotLimited() {
        fail(3);

        assertThat(limiter.begin(ANOTHER, START)).isEmpty();
    }

    @Test
    void successDoesNotResetTheFailures() {
        fail(2);
        limiter.begin(ADDRESS, START);
        limiter.succeed(ADDRESS, START);
        fail(1);

        assertThat(limiter.begin(ADDRESS, START)).isPresent();
    }

    @Test
    void operatorWithoutFailuresIsNotLimited() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(limiter.begin(ADDRESS, START)).isEmpty();
            limiter.succeed(ADDRESS, START);
        }
    }

    @Test
    void loginsUnderWayCountAsFailedOnceOneHasFailed() {
        fail(1);
        limiter.begin(ADDRESS, START);
        limiter.begin(ADDRESS, START);

        assertThat(limiter.begin(ADDRESS, START)).isPresent();
    }

    @Test
    void concurrentLoginsAreLimitedBeforeTheFirstFailure() {
        for (int i = 0; i < FailedLoginLimiter.MAX_CONCURRENT; i++) {
            assertThat(limiter.begin(ADDRESS, START)).isEmpty();
        }

        assertThat(limiter.begin(ADDRESS, START)).contains(Duration.ofSeconds(1));
    }

    @Test
    void memoryIsBounded() {
        fail(3);
        for (int i = 0; i < FailedLoginLimiter.MAX_ADDRESSES; i++) {
            ClientAddress other = new ClientAddress("2001:db8:0:" + i + "::/64");
            limiter.begin(other, START);
            limiter.fail(other, START);
        }

        assertThat(limiter.begin(ADDRESS, START)).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limiter.begin(ADDRESS, START)).isEmpty();
            limiter.fail(ADDRESS, START);
        }
    }
}
