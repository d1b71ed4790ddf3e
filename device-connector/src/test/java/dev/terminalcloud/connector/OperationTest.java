package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.PrometheusDashboards;
import dev.terminalcloud.embedded.test.PrometheusRules;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Health checks and metrics for operators. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
class OperationTest {
    @Inject
    TestBench bench;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void readinessNamesTheStage() throws IOException, InterruptedException {
        bench.ports();

        assertThat(get(readiness)).contains("\"stage\": \"READY\"");
    }

    @Test
    void metricsCountByKindAndNameNoDevice() throws IOException, InterruptedException {
        try (FakeCloud cloud = bench.openCloud()) {
            Mqtt5Device device = bench.newStartedDevice(cloud);

            assertThat(get(metrics))
                    .contains(
                            "connector_connections ",
                            "connector_connections_closed_total{reason=\"taken_over\"}",
                            "connector_connections_refused_total{reason=\"credentials\"}",
                            "connector_connections_refused_total{reason=\"too_many_failures\"}",
                            "connector_connections_refused_total{reason=\"too_many_takeovers\"}",
                            "connector_takeover_episodes_total",
                            "connector_connections_aborted_total{reason=\"connect_timeout\"}",
                            "connector_connections_aborted_total{reason=\"connect_protocol_error\"}",
                            "connector_tls_reload_failures_total",
                            "connector_messages_received_total{type=\"hello\"}",
                            "connector_messages_rejected_total{type=\"transaction_finished\"}",
                            "connector_messages_unknown_total",
                            "connector_card_data_masked_total{member=\"receipt\"}",
                            "connector_connections_aborted_total{reason=\"too_many_bytes\"}",
                            "connector_connections_aborted_total{reason=\"too_many_unaccepted\"}",
                            "connector_connections_aborted_total{reason=\"too_many_new_of_address\"}",
                            "connector_connections_closed_total{reason=\"byte_budget_exceeded\"}",
                            "connector_connections_refused_total{reason=\"suspended\"}",
                            "connector_connections_pending ",
                            "connector_direct_memory_used_bytes ",
                            "connector_direct_memory_max_bytes ",
                            "connector_commands_sent_total{type=\"offer_transaction\"}",
                            "connector_commands_dropped_total{reason=\"no_session\"}",
                            "connector_events_acknowledgement_seconds_bucket",
                            "connector_commands_acknowledgement_seconds_bucket",
                            "connector_events_queued",
                            "connector_events_publish_retries_total",
                            "connector_registry_devices",
                            "connector_registry_records_malformed_total")
                    .doesNotContain(device.deviceId());
            device.disconnect();
        }
    }

    @Test
    void eachMetricOfAnAlertRuleExists() throws IOException, InterruptedException {
        Set<String> named = PrometheusRules.metricsOf("device-connector");
        String published = get(metrics);

        assertThat(named).isNotEmpty();
        assertThat(named).allSatisfy(metric -> assertThat(published).containsPattern("(?m)^" + metric + "[ {]"));
    }

    @Test
    void eachSeriesOfADashboardExists() throws IOException, InterruptedException {
        bench.ports();

        assertThat(PrometheusDashboards.selectorsWithoutSeries("device-connector", get(metrics)))
                .isEmpty();
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }
}
