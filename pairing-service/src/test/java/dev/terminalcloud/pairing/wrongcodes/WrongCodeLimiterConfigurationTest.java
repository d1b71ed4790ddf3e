package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.pairing.Configurations;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid values stop the start. */
class WrongCodeLimiterConfigurationTest {
    @Test
    void defaultsAreAllowed() {
        assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "pairing.wrong-codes.max-per-register, 0",
        "pairing.wrong-codes.max-per-address, -1",
        "pairing.wrong-codes.alert-threshold-per-minute, 0",
        "pairing.wrong-codes.register-refill-interval, 0s",
        "pairing.wrong-codes.register-refill-interval, 25h",
        "pairing.wrong-codes.address-window, 999ms",
        "pairing.wrong-codes.address-window, 2d",
        "pairing.wrong-codes.max-per-small-ipv6-site, 0",
        "pairing.wrong-codes.max-per-ipv6-site, 0",
        "pairing.wrong-codes.max-guess-weight-per-day, 0",
        "pairing.wrong-codes.known-address-lifetime, 0s",
        "pairing.wrong-codes.known-address-lifetime, 367d",
        "pairing.trusted-proxies, gateway",
        "pairing.trusted-proxies, 10.0.0.0/33",
        "pairing.trusted-proxies, '127.0.0.1,*'"
    })
    void valueThatIsNotAllowedIsNamed(String key, String value) {
        assertThatThrownBy(() -> start(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must be ");
    }

    private static void start(Map<String, String> values) {
        new WrongCodeLimiter(Configurations.of(values), null, null, null);
        new ClientAddressResolver(Configurations.of(values));
    }
}
