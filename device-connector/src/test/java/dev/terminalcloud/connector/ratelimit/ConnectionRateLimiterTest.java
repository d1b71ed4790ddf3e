package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.network.IpLiteral;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits by default: 200 connections at once, 50 more a second. */
class ConnectionRateLimiterTest {
    private static final int BURST = 200;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final ConnectionRateLimiter limiter = limiter();

    @Test
    void addressHasABurstAndThenItsRate() {
        assertThat(accepted("198.51.100.1", 2 * BURST, 0)).isEqualTo(BURST);
        assertThat(accepted("198.51.100.1", 2 * BURST, SECOND)).isEqualTo(50);
        assertThat(accepted("198.51.100.2", 1, SECOND)).isEqualTo(1);
    }

    @Test
    void addressesOfOneIpv6CustomerAreOne() {
        assertThat(accepted("2001:db8:0:1::1", BURST, 0)).isEqualTo(BURST);

        assertThat(accepted("2001:db8:0:1:ffff::9", 1, 0)).isZero();
        assertThat(accepted("2001:db8:0:2::1", 1, 0)).isEqualTo(1);
    }

    @Test
    void manyNetworksOfOneIpv6SiteAreLimitedTogether() {
        int accepted = 0;
        for (int i = 0; i < 64; i++) {
            accepted += accepted("2001:db8:1:%x::1".formatted(i), BURST, 0);
        }

        assertThat(accepted).isEqualTo(16 * BURST);
        assertThat(accepted("2001:db8:2::1", 1, 0)).isEqualTo(1);
    }

    @Test
    void trustedProxyIsNotLimited() {
        assertThat(accepted("10.4.0.7", 3 * BURST, 0)).isEqualTo(3 * BURST);
    }

    /** Devices that double their pauses from half a second to 30 s, half of each random, and all connect at once. */
    @ParameterizedTest
    @CsvSource({"200, 1", "500, 15", "2000, 75", "5000, 130"})
    void devicesBehindOneAddressAllConnectAfterAPowerFailure(int devices, int withinSeconds) {
        record Attempt(long atMillis, int failures) {}
        Random random = new Random(devices);
        PriorityQueue<Attempt> attempts = new PriorityQueue<>(Comparator.comparingLong(Attempt::atMillis));
        for (int i = 0; i < devices; i++) {
            attempts.add(new Attempt(random.nextInt(500), 0));
        }
        long lastMillis = 0;
        while (!attempts.isEmpty()) {
            Attempt next = attempts.remove();
            lastMillis = next.atMillis();
            if (accepted("198.51.100.1", 1, lastMillis * MILLISECOND) == 0) {
                int pause = Math.min(30_000, 500 << Math.min(next.failures(), 16));
                attempts.add(new Attempt(lastMillis + pause / 2 + random.nextInt(pause / 2 + 1), next.failures() + 1));
            }
        }

        assertThat(lastMillis).isLessThanOrEqualTo(withinSeconds * 1_000L);
    }

    private int accepted(String address, int attempts, long nowNanos) {
        InetAddress peer = IpLiteral.parse(address).orElseThrow();
        int accepted = 0;
        for (int i = 0; i < attempts; i++) {
            accepted += limiter.tryAcquire(peer, nowNanos) ? 1 : 0;
        }
        return accepted;
    }

    private static ConnectionRateLimiter limiter() {
        ConfigSource source = new PropertiesConfigSource(
                Map.of("connector.index", "0", "connector.trusted-proxies", "10.4.0.0/24"), "test", 100);
        ConnectorConfiguration configuration = new SmallRyeConfigBuilder()
                .withMapping(ConnectorConfiguration.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(source)
                .build()
                .getConfigMapping(ConnectorConfiguration.class);
        return new ConnectionRateLimiter(configuration, new ClientOriginResolver(configuration));
    }
}
