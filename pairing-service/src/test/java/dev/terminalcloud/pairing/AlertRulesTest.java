package dev.terminalcloud.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.PrometheusRules;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The alerts that concern this service. */
@QuarkusTest
class AlertRulesTest {
    @Inject
    Http http;

    @Test
    void eachMetricOfARuleExists() throws IOException {
        String published =
                http.send("GET", "/q/metrics", BodyPublishers.noBody()).body();

        Set<String> named = PrometheusRules.metricsOf("pairing-service", "services");

        assertThat(named)
                .contains(
                        "pairing_wrong_codes_per_minute",
                        "pairing_flapping_registers",
                        "pairing_brake_closed",
                        "pairing_outcomes_total",
                        "inbox_dead_letters_unresolved");
        assertThat(named).allSatisfy(metric -> assertThat(published).containsPattern("(?m)^" + metric + "[ {]"));
    }
}
