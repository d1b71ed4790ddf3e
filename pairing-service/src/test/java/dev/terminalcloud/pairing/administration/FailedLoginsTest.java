package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The limit for failed log-ins to the administration API. */
@QuarkusTest
@TestProfile(FailedLoginsTest.LimitProfile.class)
class FailedLoginsTest {
    private static final int MAX = 3;

    /** The window is longer than the test. */
    public static class LimitProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "administration.failed-logins.max-per-address",
                    Integer.toString(MAX),
                    "administration.failed-logins.window",
                    "1H");
        }
    }

    @Inject
    TestFixtures world;

    @Inject
    MeterRegistry meters;

    @Test
    void rightPasswordWaitsAfterTooManyWrongOnes() {
        assertThat(look(TestFixtures.OPERATOR).statusCode()).isEqualTo(200);
        for (int i = 0; i < MAX; i++) {
            assertThat(look(TestFixtures.basic("operator", "guess " + i)).statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> refused = look(TestFixtures.OPERATOR);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Too many failed log-ins. Try again later\"}");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(60, 3601);
        assertThat(logins("failed")).isEqualTo(MAX);
        assertThat(logins("rate_limited")).isEqualTo(1);
    }

    private HttpResponse<String> look(String authorization) {
        return world.ask(authorization, "GET", "/admin/devices", null);
    }

    private double logins(String outcome) {
        return meters.counter("administration.logins", "outcome", outcome).count();
    }
}
