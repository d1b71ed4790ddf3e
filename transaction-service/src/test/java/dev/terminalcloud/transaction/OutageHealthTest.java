package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.FakeRegister.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Health and responses of a replica that has started, while its database or its broker is unavailable. */
@QuarkusTest
@TestProfile(OutageHealthTest.OutageProfile.class)
class OutageHealthTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    public static final class OutageProfile implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(LateServers.class, Map.of(TestInfrastructure.SERVICE, "transaction")));
        }
    }

    @Inject
    TestFixtures shop;

    @Inject
    KafkaClientService clients;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private LateServers servers;

    @Test
    void outageLeavesTheReplicaReadyAndItAnswersByItself() throws Exception {
        servers.startKafka();
        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> status("/ready") == 200);
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        Answer started = register.pays(500);
        assertThat(started.status()).isEqualTo(200);

        servers.stopDatabase();
        HttpResponse<String> refused = register.sendsRaw(register.request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(FakeRegister.form(register.purchase(500)))));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Nothing was started");
        assertIsInService();

        servers.stopKafka();
        await().atMost(TIMEOUT).until(() -> connections("device-events") == 0);
        assertIsInService();

        servers.startDatabase();
        servers.startKafka();
        await().atMost(TIMEOUT).until(() -> register.polls(started).status() == 200);
        assertIsInService();
    }

    private void assertIsInService() throws IOException, InterruptedException {
        assertThat(status("/ready")).isEqualTo(200);
        assertThat(status("/live")).isEqualTo(200);
    }

    private int status(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private double connections(String channel) {
        return clients.getConsumer(channel).unwrap().metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }
}
