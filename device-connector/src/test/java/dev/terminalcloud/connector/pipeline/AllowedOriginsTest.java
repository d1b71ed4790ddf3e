package dev.terminalcloud.connector.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedOriginsTest {
    private final AllowedOrigins origins = new AllowedOrigins(List.of("https://Pay.example.org", "http://shop:8080"));

    @ParameterizedTest
    @CsvSource({
        // Configured origins.
        "https://pay.example.org, connector:8083, true",
        "https://pay.example.org:443, connector:8083, true",
        "HTTPS://PAY.EXAMPLE.ORG, connector:8083, true",
        "http://pay.example.org, connector:8083, false",
        "https://pay.example.org:8443, connector:8083, false",
        "http://shop:8080, connector:8083, true",
        "http://shop, connector:8083, false",
        // The WebSocket's own host.
        "http://connector:8083, connector:8083, true",
        "https://connector:8083, connector:8083, true",
        "http://connector, connector, true",
        "https://connector, connector:443, true",
        "http://connector:8083, connector, false",
        // Others.
        "https://evil.example, connector:8083, false",
        "https://pay.example.org.evil.example, connector:8083, false",
        "null, connector:8083, false",
        "'', connector:8083, false",
        "https://evil.example,, false",
    })
    void onlyConfiguredOriginsAndTheOwnHostAreAllowed(String origin, String host, boolean allowed) {
        assertThat(origins.isAllowed(origin, host)).isEqualTo(allowed);
    }
}
