package dev.terminalcloud.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics. */
@QuarkusTest
class MetricsTest {
    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready"})
    void serviceIsHealthy(String path) {
        HttpResponse<String> health = http.send("GET", path, BodyPublishers.noBody());

        assertThat(health.statusCode()).isEqualTo(200);
    }

    @Test
    void outcomesAreCounted() {
        FakeDevice device = world.device().hello();
        world.register().pair(device.freshCode());
        world.register().pair("00000000");

        String metrics = http.send("GET", "/q/metrics", BodyPublishers.noBody()).body();

        assertThat(metrics)
                .contains("pairing_outcomes_total{outcome=\"code_issued\"}")
                .contains("pairing_outcomes_total{outcome=\"paired\"}")
                .contains("pairing_outcomes_total{outcome=\"code_wrong\"}")
                .contains("inbox_events_applied_total{topic=\"device-events\"}")
                .contains("inbox_batch_events_count{topic=\"device-events\"}")
                .contains("outbox_events_published_total")
                .contains("requests_incomplete_closed_total{reason=\"head_timeout\"}")
                .contains("requests_incomplete_bytes")
                .contains("outbox_pending")
                .contains("outbox_oldest_age_seconds");
    }
}
