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

/** Health and responses of a replica that has started, while its database is unavailable. */
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
            return List.of(new TestResourceEntry(LateServers.class, Map.of(TestInfrastructure.SERVICE, "pairing")));
        }
    }

    @Inject
    TestFixtures world;

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    private LateServers servers;

    @Test
    void outageLeavesTheReplicaReadyAndItAnswersByItself() throws Exception {
        servers.startKafka();
        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> status("/ready") == 200);
        FakeRegister register = world.register();
        String code = world.device().hello().freshCode();

        servers.stopDatabase();
        HttpResponse<String> refused = register.pair(code);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Try again with the same code");
        assertThat(status("/ready")).isEqualTo(200);
        assertThat(status("/live")).isEqualTo(200);

        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> status("/ready") == 200);
    }

    private int status(String kind) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(health + kind)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
