package dev.terminalcloud.posapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of pairing tokens against stored hashes. */
class PairingTokenTest {
    private static final PairingToken TOKEN = new PairingToken("token");

    @Test
    void tokenWithTheStoredHashIsAccepted() {
        assertThatCode(() -> TOKEN.check(TOKEN.hash())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "token",
                "sha256:",
                "sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "sha256:3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e1"
            })
    void anyOtherIsRejectedAlike(String hash) {
        assertThatThrownBy(() -> TOKEN.check(hash))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid pairing token")
                .extracting(rejected -> ((ApiException) rejected).status())
                .isEqualTo(401);
    }

    @Test
    void hashIsSha256InHexadecimal() {
        assertThat(TOKEN.hash()).isEqualTo("sha256:3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0");
    }

    @Test
    void textIsNotLogged() {
        assertThat(TOKEN).hasToString("PairingToken[…]");
    }
}
