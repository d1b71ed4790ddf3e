package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log lines about operators who log in. */
@QuarkusTest
@TestProfile(OperatorLoginsTest.OwnServiceProfile.class)
class OperatorLoginsTest {
    private static final Logger ROOT = Logger.getLogger("");

    /** A service of its own: each operator is logged once in a while. */
    public static class OwnServiceProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("administration.failed-logins.window", "2M");
        }
    }

    @Inject
    TestFixtures world;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage() + " " + Arrays.toString(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        ROOT.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(handler);
    }

    @Test
    void loginsAndForbiddenRequestsAreLoggedOnceEach() {
        for (int i = 0; i < 3; i++) {
            assertThat(world.ask(TestFixtures.VIEWER, "GET", "/admin/devices", null)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(world.ask(TestFixtures.VIEWER, "PUT", "/admin/devices/7000000001", "{}")
                            .statusCode())
                    .isEqualTo(403);
        }

        await().untilAsserted(() -> {
            assertThat(logged)
                    .filteredOn(line -> line.startsWith("Operator logged in"))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1", "viewer");
            assertThat(logged)
                    .filteredOn(line -> line.startsWith("Operator's role forbids"))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1", "PUT", "viewer");
        });
    }
}
