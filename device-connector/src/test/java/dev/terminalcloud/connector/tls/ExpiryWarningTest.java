package dev.terminalcloud.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryWarningTest {
    private static final Instant EXPIRY = Instant.parse("2030-03-15T12:00:00Z");
    private static final Instant SOON = EXPIRY.minus(Duration.ofDays(14));

    private final ExpiryWarning warning = new ExpiryWarning(EXPIRY);

    @Test
    void nothingIsSaidUntilFourteenDaysBefore() {
        assertThat(warning.isDue(SOON.minusSeconds(1))).isFalse();
        assertThat(warning.isDue(SOON)).isTrue();
    }

    @Test
    void itIsSaidOnceADay() {
        warning.isDue(SOON);

        assertThat(warning.isDue(SOON.plus(Duration.ofDays(1)).minusSeconds(1))).isFalse();
        assertThat(warning.isDue(SOON.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void itIsSaidAfterTheExpiryToo() {
        assertThat(warning.isDue(EXPIRY.plusSeconds(1))).isTrue();
    }
}
