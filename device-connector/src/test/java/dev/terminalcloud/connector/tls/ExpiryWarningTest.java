package dev.terminalcloud.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryWarningTest {
    private static final Instant EXPIRY = Instant.parse("2030-03-15T12:00:00Z");
    private static final Instant WARNING_START = EXPIRY.minus(Duration.ofDays(14));

    private final ExpiryWarning warning = new ExpiryWarning(EXPIRY);

    @Test
    void warningStartsFourteenDaysBefore() {
        assertThat(warning.isDue(WARNING_START.minusSeconds(1))).isFalse();
        assertThat(warning.isDue(WARNING_START)).isTrue();
    }

    @Test
    void warningIsRepeatedDaily() {
        warning.isDue(WARNING_START);

        assertThat(warning.isDue(WARNING_START.plus(Duration.ofDays(1)).minusSeconds(1)))
                .isFalse();
        assertThat(warning.isDue(WARNING_START.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void warningContinuesAfterExpiry() {
        assertThat(warning.isDue(EXPIRY.plusSeconds(1))).isTrue();
    }
}
