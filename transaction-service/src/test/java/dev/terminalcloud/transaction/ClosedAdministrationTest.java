package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The administration API without a password. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
@TestProfile(ClosedAdministrationTest.NoPasswordProfile.class)
class ClosedAdministrationTest {
    public static class NoPasswordProfile implements QuarkusTestProfile {
        /** Not {@code test}, which has a password. */
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
                    "encryption.database-required", "false",
                    "transaction.public-url", "http://gateway.test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "operator", "${quarkus.uuid}", "a password for tests"})
    void administrationIsClosed(String password) {
        assertThat(new FakeOperator("operator", password).gets("/admin/audit").status())
                .isEqualTo(401);
    }
}
