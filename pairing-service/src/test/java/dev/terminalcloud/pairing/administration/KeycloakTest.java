package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators of a real identity provider, with the configuration of administration.md. */
@QuarkusTest
@TestProfile(KeycloakTest.KeycloakProfile.class)
class KeycloakTest {
    public static class KeycloakProfile implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Keycloak.class));
        }
    }

    @Inject
    TestFixtures world;

    private Keycloak keycloak;

    @Test
    void rolesOfTheRealmCount() {
        String id = world.device().id();

        assertThat(revoke(id, "victor")).isEqualTo(403);
        assertThat(revoke(id, "carla")).isEqualTo(403);
        assertThat(revoke(id, "maria")).isEqualTo(200);
        assertThat(look(id, keycloak.logIn("victor", "operators"))).isEqualTo(200);
        assertThat(look(id, keycloak.logIn("carla", "operators"))).isEqualTo(403);
        assertThat(world.ask("GET", "/admin/audit?deviceId=" + id, null).body()).contains("\"principal\":\"maria\"");
    }

    @Test
    void tokenForAnotherServiceIsRejected() {
        assertThat(look(world.device().id(), keycloak.logIn("maria", "another-service")))
                .isEqualTo(401);
    }

    @Test
    void changedTokenIsRejected() {
        String token = keycloak.logIn("maria", "operators");

        assertThat(look(world.device().id(), token.substring(0, token.lastIndexOf('.') + 1) + "AAAA"))
                .isEqualTo(401);
    }

    @Test
    void passwordOfTheConfigurationStillCounts() {
        assertThat(world.ask("GET", "/admin/devices", null).statusCode()).isEqualTo(200);
    }

    private int revoke(String id, String user) {
        String token = keycloak.logIn(user, "operators");
        return world.ask("Bearer " + token, "PUT", "/admin/devices/" + id + "/revocation", null)
                .statusCode();
    }

    private int look(String id, String token) {
        return world.ask("Bearer " + token, "GET", "/admin/devices/" + id, null).statusCode();
    }
}
