package dev.terminalcloud.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.network.ClientAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginLogTest {
    private static final ClientAddress OFFICE = new ClientAddress("192.0.2.1");
    private static final ClientAddress HOME = new ClientAddress("192.0.2.2");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final LoginLog log = new LoginLog();

    @Test
    void scriptThatPollsIsLoggedOnceInTenMinutes() {
        assertThat(log.recordSuccess("operator", OFFICE, NOW)).isTrue();
        assertThat(log.recordSuccess(
                        "operator", OFFICE, NOW.plus(LoginLog.INTERVAL).minusMillis(1)))
                .isFalse();
        assertThat(log.recordSuccess("operator", OFFICE, NOW.plus(LoginLog.INTERVAL)))
                .isTrue();
    }

    @Test
    void eachOperatorAtEachAddressIsLogged() {
        assertThat(log.recordSuccess("operator", OFFICE, NOW)).isTrue();
        assertThat(log.recordSuccess("operator", HOME, NOW)).isTrue();
        assertThat(log.recordSuccess("viewer", OFFICE, NOW)).isTrue();
    }

    @Test
    void forbiddenRequestIsLoggedBesideTheLogin() {
        assertThat(log.recordSuccess("viewer", OFFICE, NOW)).isTrue();
        assertThat(log.recordForbidden("viewer", OFFICE, "POST", NOW)).isTrue();
        assertThat(log.recordForbidden("viewer", OFFICE, "POST", NOW)).isFalse();
    }

    @Test
    void oldestEntryIsForgottenFirst() {
        for (int i = 0; i <= LoginLog.MAX_ENTRIES; i++) {
            assertThat(log.recordSuccess("operator " + i, OFFICE, NOW)).isTrue();
        }

        assertThat(log.recordSuccess("operator 1", OFFICE, NOW)).isFalse();
        assertThat(log.recordSuccess("operator 0", OFFICE, NOW)).isTrue();
    }
}
