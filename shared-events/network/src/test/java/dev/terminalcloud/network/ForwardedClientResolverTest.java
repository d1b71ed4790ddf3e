package dev.terminalcloud.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardedClientResolverTest {
    private static final Logger LOG = Logger.getLogger(ForwardedClientResolver.class.getName());

    private final ForwardedClientResolver clients =
            new ForwardedClientResolver("trusted-proxies", List.of("10.4.0.0/24"));
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopRecording() {
        LOG.removeHandler(handler);
    }

    @Test
    void trustedProxyNamesTheClient() {
        assertThat(clients.resolve("10.4.0.1", List.of("198.51.100.1"))).hasValue(address("198.51.100.1"));
        assertThat(logged).isEmpty();
    }

    @Test
    void headerOfAnotherPeerIsIgnoredAndLoggedOnce() {
        assertThat(clients.resolve("203.0.113.9", List.of("198.51.100.1"))).hasValue(address("203.0.113.9"));
        assertThat(clients.resolve("203.0.113.8", List.of("198.51.100.1"))).hasValue(address("203.0.113.8"));

        assertThat(logged)
                .singleElement()
                .extracting(LogRecord::getMessage)
                .asString()
                .contains("trusted-proxies");
    }

    @Test
    void peerWithoutHeaderIsNoReasonToWarn() {
        assertThat(clients.resolve("203.0.113.9", List.of())).hasValue(address("203.0.113.9"));
        assertThat(logged).isEmpty();
    }

    @Test
    void peerWithoutAddressIsUnknown() {
        assertThat(clients.resolve(null, List.of("198.51.100.1"))).isEmpty();
        assertThat(clients.resolve("/run/socket", List.of())).isEmpty();
    }

    @Test
    void proxiesAreRecognised() {
        assertThat(clients.isProxy(address("10.4.0.9"))).isTrue();
        assertThat(clients.isProxy(address("10.4.1.9"))).isFalse();
    }

    @Test
    void invalidProxyIsRejectedWithItsKey() {
        assertThatThrownBy(() -> new ForwardedClientResolver("trusted-proxies", List.of("gateway")))
                .hasMessageStartingWith("trusted-proxies must be ");
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
