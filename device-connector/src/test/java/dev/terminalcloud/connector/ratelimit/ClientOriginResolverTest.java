package dev.terminalcloud.connector.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpLiteral;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway in 10.4.0.0/24, and a load balancer of devices in 10.5.0.0/24. */
class ClientOriginResolverTest {
    private static final InetAddress GATEWAY = address("10.4.0.1");
    private static final InetAddress BALANCER = address("10.5.0.1");
    private static final InetAddress DEVICE = address("203.0.113.4");

    private final ClientOriginResolver origins = resolver();

    @Test
    void gatewayNamesTheClientWithForwardedFor() {
        assertThat(origins.origin("10.4.0.1", List.of("203.0.113.4")))
                .isEqualTo(new ClientOrigin(ClientAddress.of(DEVICE), false));
    }

    /** It passes on the headers that clients write. */
    @Test
    void forwardedForThroughTheBalancerIsIgnored() {
        assertThat(origins.origin("10.5.0.1", List.of("203.0.113.4")))
                .isEqualTo(new ClientOrigin(ClientAddress.of(BALANCER), true));
    }

    @Test
    void peerWithoutAnAddressIsOneUnknownClient() {
        assertThat(origins.origin(null, List.of("203.0.113.4")))
                .isEqualTo(new ClientOrigin(ClientAddress.UNKNOWN, false));
    }

    @Test
    void bothStandForUnrelatedClients() {
        assertThat(origins.clientOf(GATEWAY)).isEmpty();
        assertThat(origins.clientOf(BALANCER)).isEmpty();
        assertThat(origins.clientOf(DEVICE)).hasValue(ClientAddress.of(DEVICE));
    }

    @Test
    void onlyTheBalancerMaySendHeadersOfTheProxyProtocol() {
        assertThat(origins.isBalancer(BALANCER)).isTrue();
        assertThat(origins.isBalancer(GATEWAY)).isFalse();
        assertThat(origins.isBalancer(DEVICE)).isFalse();
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static ClientOriginResolver resolver() {
        Map<String, String> values = Map.of(
                "connector.index",
                "0",
                "connector.trusted-proxies",
                "10.4.0.0/24",
                "connector.proxy-protocol.trusted-proxies",
                "10.5.0.0/24");
        return new ClientOriginResolver(new SmallRyeConfigBuilder()
                .withMapping(ConnectorConfiguration.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(ConnectorConfiguration.class));
    }
}
