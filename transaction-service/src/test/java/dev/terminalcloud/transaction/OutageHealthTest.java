package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.test.ConsumersAtRest;
import dev.terminalcloud.embedded.test.HealthEndpoint;
import dev.terminalcloud.embedded.test.LateServers;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Health and responses of a replica before its servers have started, and in an outage of both later. */
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
            return List.of(new TestResourceEntry(LateServers.class, Map.of(TestInfrastructure.SERVICE, "transaction")));
        }
    }

    @Inject
    TestFixtures shop;

    @Inject
    KafkaClientService clients;

    @TestHTTPResource(value = "/health", management = true)
    URI healthAddress;

    private LateServers servers;

    @Test
    void isNotReadyBeforeItsServersAndStaysReadyWithoutThem() throws Exception {
        startBeforeTheServers(shop.register());
        loseBothServers(shop.register());
    }

    /** Records that it has read before its database was there are applied later. */
    private void startBeforeTheServers(FakeRegister register) throws Exception {
        assertThat(health().live().statusCode()).isEqualTo(200);
        assertThat(health().ready().statusCode()).isEqualTo(503);
        assertThat(health().ready().body())
                .containsPattern(
                        "\"waitingFor\": \"PostgreSQL at 127.0.0.1:[0-9]+/postgres as user transaction_owner: ");
        Answer early = register.pays(500);
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.error()).isEqualTo("The service is unavailable");

        servers.startKafka();
        FakeDevice device = shop.device().pairedWith(register, 1, 1).connected();
        assertThat(health().ready().statusCode()).isEqualTo(503);

        servers.startDatabase();
        await().atMost(TIMEOUT).until(() -> health().ready().statusCode() == 200);
        await().atMost(TIMEOUT).until(() -> register.pays(500).status() == 200);
        assertThat(device.awaitCommand(OfferTransaction.class, offer -> true)
                        .amounts()
                        .amountTotalCents())
                .isEqualTo(500);
    }

    private void loseBothServers(FakeRegister register) throws Exception {
        shop.deviceOf(register);
        Answer started = register.pays(500);
        assertThat(started.status()).isEqualTo(200);

        servers.stopDatabase();
        HttpResponse<String> refused = register.sendsRaw(register.request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(FormBody.encode(register.purchase(500)))));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Nothing was started");
        assertIsInService();

        servers.stopKafka();
        await().atMost(TIMEOUT).until(() -> ConsumersAtRest.metric(clients, "device-events", "connection-count") == 0);
        assertIsInService();

        servers.startDatabase();
        servers.startKafka();
        await().atMost(TIMEOUT).until(() -> register.polls(started).status() == 200);
        assertIsInService();
    }

    private void assertIsInService() throws IOException, InterruptedException {
        assertThat(health().ready().statusCode()).isEqualTo(200);
        assertThat(health().live().statusCode()).isEqualTo(200);
    }

    private HealthEndpoint health() {
        return new HealthEndpoint(healthAddress);
    }
}
