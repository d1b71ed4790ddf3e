package dev.terminalcloud.posapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiErrorTest {
    private static final ApiError TOO_LONG =
            new ApiError(400, "{parameter=City} must be at most {limit=128} characters", "when", "advice");

    @Test
    void placeholdersAreFilledInOrder() {
        assertThat(TOO_LONG.format("Phone", 256)).isEqualTo("Phone must be at most 256 characters");
    }

    @Test
    void placeholderLikeValueIsUnchanged() {
        assertThat(TOO_LONG.format("{limit=1} $1", 2)).isEqualTo("{limit=1} $1 must be at most 2 characters");
    }

    @Test
    void valuesForPlacesThatAreNotThereAreABug() {
        assertThatIllegalArgumentException().isThrownBy(() -> TOO_LONG.format("Phone"));
        assertThatIllegalArgumentException().isThrownBy(() -> TOO_LONG.format("Phone", 1, 2));
    }

    @Test
    void documentsShowNamesOrExamplesForPlaceholders() {
        assertThat(TOO_LONG.template()).isEqualTo("{parameter} must be at most {limit} characters");
        assertThat(TOO_LONG.example()).isEqualTo("City must be at most 128 characters");
    }

    @Test
    void reasonIsThrownWithItsStatusAndWait() {
        ApiException refusal = RequestError.NOT_FOUND.exceptionWithRetryAfter(Duration.ofSeconds(7));

        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal).hasMessage("No such path or method");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(RequestError.NOT_FOUND.exception().retryAfter()).isEmpty();
    }
}
