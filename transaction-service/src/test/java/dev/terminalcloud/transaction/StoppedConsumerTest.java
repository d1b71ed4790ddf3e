package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Liveness of a replica that no longer reads a topic. The application of this test serves no other: it is not whole afterwards. */
@QuarkusTest
@TestProfile(StoppedConsumerTest.OwnApplication.class)
class StoppedConsumerTest {
    public static final class OwnApplication implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(TestInfrastructure.class, Map.of(TestInfrastructure.SERVICE, "transaction")));
        }
    }

    @Inject
    TestFixtures shop;

    @Inject
    KafkaClientService clients;

    @TestHTTPResource(value = "/health/live", management = true)
    URI liveness;

    @Test
    void consumerThatIsClosedAfterAFailureFailsTheLiveness() throws Exception {
        shop.deviceOf(shop.register());
        assertThat(ask().statusCode()).isEqualTo(200);

        // As the connector does it after a failure that it does not retry.
        ((ReactiveKafkaConsumer<?, ?>) clients.getConsumer("device-registry")).close();

        HttpResponse<String> live = ask();
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).contains("\"stopped\": \"device-registry\"");
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(liveness).build(), BodyHandlers.ofString());
    }
}
