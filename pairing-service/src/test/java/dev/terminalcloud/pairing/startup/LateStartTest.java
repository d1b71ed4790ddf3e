package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
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

/** Start of the service before its servers. */
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
            return List.of(new TestResourceEntry(LateServers.class, Map.of(TestInfrastructure.SERVICE, "pairing")));
        }
    }

    @Inject
    TestFixtures world;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private LateServers servers;

    @Test
    void itWaitsAliveAndNotReadyAndThenWorks() throws Exception {
        assertThat(ask("/live").statusCode()).isEqualTo(200);
        assertThat(ask("/ready").statusCode()).isEqualTo(503);
        assertThat(ask("/ready").body())
                .containsPattern("\"waitingFor\": \"PostgreSQL at 127.0.0.1:[0-9]+/postgres as user pairing_owner: ");
        FakeRegister register = world.register();
        HttpResponse<String> early = register.pair("12345678");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).isEqualTo("{\"error\":\"The service is unavailable\"}");

        servers.startDatabase();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(ask("/ready").body())
                .containsPattern("\"waitingFor\": \"Kafka at 127.0.0.1:[0-9]+: no response"));
        assertThat(ask("/live").statusCode()).isEqualTo(200);
        assertThat(register.pair("12345678").statusCode()).isEqualTo(503);

        servers.startKafka();
        await().atMost(TIMEOUT).until(() -> ask("/ready").statusCode() == 200);
        String code = world.device().hello().freshCode();
        assertThat(register.pair(code).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ask(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.ofString());
    }
}
