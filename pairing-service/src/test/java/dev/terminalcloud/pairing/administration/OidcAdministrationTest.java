package dev.terminalcloud.pairing.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Operators of an identity provider: by configuration alone, here with its public key instead of its address. */
@QuarkusTest
@TestProfile(OidcAdministrationTest.OidcProfile.class)
class OidcAdministrationTest {
    private static final String PRIVATE_KEY = "test.provider.private-key";
    private static final String AUDIENCE = "terminal-cloud";
    private static final long VALID_SECONDS = 300;

    public static class OidcProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            KeyPair keys = newKeys();
            Base64.Encoder base64 = Base64.getEncoder();
            return Map.of(
                    "quarkus.oidc.tenant-enabled",
                    "true",
                    "quarkus.oidc.public-key",
                    base64.encodeToString(keys.getPublic().getEncoded()),
                    "quarkus.oidc.token.audience",
                    AUDIENCE,
                    PRIVATE_KEY,
                    base64.encodeToString(keys.getPrivate().getEncoded()));
        }

        private static KeyPair newKeys() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Inject
    TestFixtures world;

    @Test
    void groupsOfTheTokenAreTheRoles() throws GeneralSecurityException {
        String id = world.device().id();

        assertThat(revoke(id, token("maria", "device-viewer"))).isEqualTo(403);
        assertThat(revoke(id, token("maria", "cashier"))).isEqualTo(403);
        assertThat(revoke(id, token("maria", "device-admin"))).isEqualTo(200);
        assertThat(look(id, token("maria", "device-viewer"))).isEqualTo(200);
        assertThat(look(id, token("maria", "cashier"))).isEqualTo(403);
        assertThat(audit(id)).contains("\"principal\":\"maria\"");
    }

    @Test
    void tokenOfAnotherIssuerIsRejected() throws GeneralSecurityException {
        String id = world.device().id();
        String token = token("maria", "device-admin");
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

        assertThat(revoke(id, forged)).isEqualTo(401);
        assertThat(look(id, "x")).isEqualTo(401);
    }

    @Test
    void tokenForAnotherServiceIsRejected() throws GeneralSecurityException {
        String id = world.device().id();

        assertThat(revoke(id, token("maria", "device-admin", "another-service")))
                .isEqualTo(401);
        assertThat(look(id, token("maria", "device-viewer", "another-service"))).isEqualTo(401);
    }

    private int revoke(String id, String token) {
        return world.ask("Bearer " + token, "PUT", "/admin/devices/" + id + "/revocation", null)
                .statusCode();
    }

    private int look(String id, String token) {
        return world.ask("Bearer " + token, "GET", "/admin/devices/" + id, null).statusCode();
    }

    private String audit(String id) {
        return world.ask("GET", "/admin/audit?deviceId=" + id, null).body();
    }

    private static String token(String name, String group) throws GeneralSecurityException {
        return token(name, group, AUDIENCE);
    }

    private static String token(String name, String group, String audience) throws GeneralSecurityException {
        long now = Clock.systemUTC().instant().getEpochSecond();
        String signed = encode(new JsonObject().put("alg", "RS256").put("typ", "JWT"))
                + "."
                + encode(new JsonObject()
                        .put("iss", "https://provider.example")
                        .put("aud", audience)
                        .put("sub", name)
                        .put("upn", name)
                        .put("groups", new JsonArray().add(group))
                        .put("iat", now)
                        .put("exp", now + VALID_SECONDS));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(
                        Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(PRIVATE_KEY, String.class)))));
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String encode(JsonObject part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.encode().getBytes(UTF_8));
    }
}
