package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.ConnectorConfiguration.FailedConnectLimits;
import dev.terminalcloud.network.ClientAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedConnectLimiterTest {
    private static final ClientOrigin ORIGIN = new ClientOrigin(new ClientAddress("198.51.100.1"), false);
    private static final ClientOrigin PROXY = new ClientOrigin(new ClientAddress("198.51.100.2"), true);
    private static final long NOW = 0;

    private final FailedConnectLimiter limiter = new FailedConnectLimiter(new Limits());

    private record Limits() implements FailedConnectLimits {
        @Override
        public int maxPerDevice() {
            return 2;
        }

        @Override
        public Duration deviceRefillInterval() {
            return Duration.ofHours(1);
        }

        @Override
        public int maxPerAddress() {
            return 100;
        }

        @Override
        public Duration addressRefillInterval() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration knownDeviceTtl() {
            return Duration.ofHours(1);
        }
    }

    @Test
    void clientIdThatIsNotADeviceIdCountsUnderItsAddressAlone() {
        for (int i = 0; i < 99; i++) {
            limiter.recordFailure(ORIGIN, "x".repeat(60_000) + i, NOW);
        }
        assertThat(limiter.trackedDevices()).isZero();
        assertThat(limiter.isLimited(ORIGIN, "x".repeat(60_000) + 1, NOW)).isFalse();

        limiter.recordFailure(ORIGIN, "not a device id", NOW);

        assertThat(limiter.trackedDevices()).isZero();
        assertThat(limiter.isLimited(ORIGIN, "another id", NOW)).isTrue();
        assertThat(limiter.isLimited(ORIGIN, "7000000001", NOW)).isTrue();
        assertThat(limiter.isLimited(PROXY, "another id", NOW)).isFalse();
    }

    @Test
    void deviceIdCountsForItself() {
        limiter.recordFailure(ORIGIN, "7000000001", NOW);
        limiter.recordFailure(ORIGIN, "7000000001", NOW);

        assertThat(limiter.trackedDevices()).isEqualTo(1);
        assertThat(limiter.isLimited(ORIGIN, "7000000001", NOW)).isTrue();
        assertThat(limiter.isLimited(ORIGIN, "7000000002", NOW)).isFalse();
    }
}
