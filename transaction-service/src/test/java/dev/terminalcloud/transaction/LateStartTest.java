package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.transaction.FakeRegister.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service starts first, and its servers later: Kafka, and then PostgreSQL. */
@QuarkusTest
@TestProfile(LateStartTest.LateStartProfile.class)
class LateStartTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public static final class LateStartProfile implements QuarkusTestProfile {
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

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private LateServers servers;

    @Test
    void recordsReadBeforeTheDatabaseWasUpAreApplied() throws Exception {
        assertThat(request("/live").statusCode()).isEqualTo(200);
        assertThat(request("/ready").statusCode()).isEqualTo(503);
        assertThat(request("/ready").body())
                .containsPattern(
                        "\"waitingFor\": \"PostgreSQL at 127.0.0.1:[0-9]+/postgres as user transaction_owner: ");
        FakeRegister register = shop.register();
        Answer early = register.pays(500);
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.error()).isEqualTo("The service is unavailable");

        servers.startKafka();
        FakeDevice device = shop.device().pairedWith(register, 1, 1).connected();
        assertThat(request("/ready").statusCode()).isEqualTo(503);

        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> request("/ready").statusCode() == 200);
        await().atMost(TIMEOUT).until(() -> register.pays(500).status() == 200);
        assertThat(device.awaitCommand(OfferTransaction.class, offer -> true)
                        .amounts()
                        .amountTotalCents())
                .isEqualTo(500);
    }

    private HttpResponse<String> request(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.ofString());
    }
}
