package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The administration API without passwords: it is closed. */
@QuarkusTest
@TestProfile(ClosedAdministrationTest.NoPasswordProfile.class)
class ClosedAdministrationTest {
    public static class NoPasswordProfile implements QuarkusTestProfile {
        /** Returns another profile than {@code test}, which has a password. */
        @Override
        public String getConfigProfile() {
            return "closed";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "administration.port", "0",
                    "encryption.kafka-required", "false",
                    "encryption.database-required", "false");
        }
    }

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "operator", "${quarkus.uuid}", "a password for tests"})
    void administrationIsClosed(String password) {
        String id = world.unregistered().id();

        int status = world.registerDevice(
                        id, "{\"secret\":\"demo-device-secret\"}", TestFixtures.basic("operator", password))
                .statusCode();

        assertThat(status).isEqualTo(401);
        assertThat(database.query("select 1 from device where device_id = ?", id))
                .isEmpty();
    }
}
