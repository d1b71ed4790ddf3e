package dev.terminalcloud.administration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords of the built-in operators that the service does not start with. */
class OperatorPasswordRulesTest {
    private static final String KEY = "administration.password";

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "operator", "Kx9#vLq2mZp8", "fifteen charact", "\uD83D\uDE00\uD83D\uDE00 eight of 8 b"})
    void shortPasswordIsRejected(String password) {
        assertThatThrownBy(() -> OperatorPasswordRules.validate(KEY, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(KEY + " must have at least 16 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890123456",
                "aaaaaaaaaaaaaaaaaaaa",
                "qwertyuiopasdfgh",
                "passwordpassword",
                "P@ssw0rdP@ssw0rd",
                "iloveyouiloveyou",
                "summer2026summer2026",
                "administrationpassword",
                "operatoroperator1",
                "terminalcloudoperator",
                "Terminal-Cloud-2026!",
                "Terminal Cloud 2026",
                "kafkapostgresgateway"
            })
    void passwordThatIsEasyToGuessIsRejected(String password) {
        assertThatThrownBy(() -> OperatorPasswordRules.validate(KEY, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(KEY + " must be hard to guess")
                .hasMessageNotContaining(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0f8a9f0c6c5b4f9e9d9b0a6ad1c5b1f2",
                "xB7kQ2mN9pL4wR6t",
                "correct horse battery staple",
                "a password for tests",
                "gr\u00fcne Elefanten \u00fcber Z\u00fcrich"
            })
    void longPasswordOfAnyCharactersIsAccepted(String password) {
        assertThatCode(() -> OperatorPasswordRules.validate(KEY, password)).doesNotThrowAnyException();
    }

    @Test
    void passwordOfAThousandCharactersIsAccepted() {
        assertThatCode(() -> OperatorPasswordRules.validate(KEY, "xB7kQ2mN9pL4wR6t".repeat(63)))
                .doesNotThrowAnyException();
    }

    @Test
    void startupStopsForEitherPassword() {
        Optional<String> good = Optional.of("correct horse battery staple");
        Optional<String> bad = Optional.of("operator");

        assertThatCode(() -> new OperatorPasswordCheck(Optional.empty(), Optional.empty()).check(null))
                .doesNotThrowAnyException();
        assertThatCode(() -> new OperatorPasswordCheck(good, good).check(null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new OperatorPasswordCheck(bad, good).check(null))
                .hasMessageStartingWith("administration.password must ");
        assertThatThrownBy(() -> new OperatorPasswordCheck(good, bad).check(null))
                .hasMessageStartingWith("administration.viewer-password must ");
    }
}
