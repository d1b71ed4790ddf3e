package dev.terminalcloud.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.PrometheusDashboards;
import dev.terminalcloud.embedded.test.PrometheusRules;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The alerts and the dashboards that concern this service. */
@QuarkusTest
class AlertRulesTest {
    /** Micrometer looks once a minute for metrics that a client of Kafka has added. */
    private static final Duration METRICS_TIMEOUT = Duration.ofMinutes(2);

    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @Test
    void eachMetricOfARuleExists() throws IOException {
        String published = published();

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

    @Test
    void eachSeriesOfADashboardExists() {
        world.register().pair(world.device().hello().freshCode());

        await().atMost(METRICS_TIMEOUT).untilAsserted(() -> assertThat(
                        PrometheusDashboards.selectorsWithoutSeries("pairing-service", published()))
                .isEmpty());
    }

    private String published() {
        return http.send("GET", "/q/metrics", BodyPublishers.noBody()).body();
    }
}
