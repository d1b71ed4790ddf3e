package dev.terminalcloud.pairing.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.HealthEndpoint;
import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Health and responses of a replica before its servers have started, and in an outage of its database later. */
@QuarkusTest
@TestProfile(OutageHealthTest.LateServersProfile.class)
class OutageHealthTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** An application with servers that the test starts and stops. */
    public static final class LateServersProfile implements QuarkusTestProfile {
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
    URI healthAddress;

    private LateServers servers;

    @Test
    void isNotReadyBeforeItsServersAndStaysReadyWithoutThem() throws Exception {
        FakeRegister register = world.register();
        startBeforeTheServers(register);
        loseTheDatabase(register);
    }

    private void startBeforeTheServers(FakeRegister register) throws Exception {
        assertThat(health().live().statusCode()).isEqualTo(200);
        assertThat(health().ready().statusCode()).isEqualTo(503);
        assertThat(health().ready().body())
                .containsPattern("\"waitingFor\": \"PostgreSQL at 127.0.0.1:[0-9]+/postgres as user pairing_owner: ");
        HttpResponse<String> early = register.pair("12345678");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).isEqualTo("{\"error\":\"The service is unavailable\"}");

        servers.startDatabase();
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(health().ready().body())
                .containsPattern("\"waitingFor\": \"Kafka at 127.0.0.1:[0-9]+: no response"));
        assertThat(health().live().statusCode()).isEqualTo(200);
        assertThat(register.pair("12345678").statusCode()).isEqualTo(503);

        servers.startKafka();
        await().atMost(TIMEOUT).until(() -> health().ready().statusCode() == 200);
        String code = world.device().hello().freshCode();
        assertThat(register.pair(code).statusCode()).isEqualTo(200);
    }

    private void loseTheDatabase(FakeRegister register) throws Exception {
        String code = world.device().hello().freshCode();

        servers.stopDatabase();
        HttpResponse<String> refused = register.pair(code);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Try again with the same code");
        assertThat(health().ready().statusCode()).isEqualTo(200);
        assertThat(health().live().statusCode()).isEqualTo(200);

        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> health().ready().statusCode() == 200);
    }

    private HealthEndpoint health() {
        return new HealthEndpoint(healthAddress);
    }
}
