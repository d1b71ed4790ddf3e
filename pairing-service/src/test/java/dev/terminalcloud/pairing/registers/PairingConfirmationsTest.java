package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.PairingConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad values stop the start, with their names. */
class PairingConfirmationsTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.099S", "-PT1S", "PT61S"})
    void badTimeoutIsRejected(String timeout) {
        PairingConfiguration configuration = Configurations.of(Map.of("pairing.confirmation-timeout", timeout));

        assertThatThrownBy(() -> new PairingConfirmations(null, configuration, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "pairing.confirmation-timeout must be from 100 milliseconds to one minute, was ");
    }

    @Test
    void timeoutIsFiveSecondsUnlessItIsConfigured() {
        assertThat(Configurations.of(Map.of()).confirmationTimeout()).hasSeconds(5);
    }
}
