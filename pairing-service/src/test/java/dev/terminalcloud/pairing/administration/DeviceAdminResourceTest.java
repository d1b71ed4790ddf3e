package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PUT /admin/devices/{deviceId}}. */
@QuarkusTest
class DeviceAdminResourceTest {
    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    private String id;

    @BeforeEach
    void newId() {
        id = world.unregistered().id();
    }

    @Test
    void registeredDeviceIsPublishedWithTheHashOfItsSecret() {
        HttpResponse<String> answer = register("{\"secret\":\"demo-device-secret\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\"}".formatted(id));
        assertThat(published(1))
                .containsExactly(new DeviceRegistered(id, 1, DeviceSecretHash.of("demo-device-secret")));
    }

    @Test
    void sameSecretAgainChangesNothing() {
        register("{\"secret\":\"demo-device-secret\"}");

        HttpResponse<String> again = register("{\"secret\":\"demo-device-secret\"}");
        register("{\"secret\":\"another-device-secret\"}");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"outcome\":\"UNCHANGED\"");
        assertThat(published(2))
                .containsExactly(
                        new DeviceRegistered(id, 1, DeviceSecretHash.of("demo-device-secret")),
                        new DeviceRegistered(id, 2, DeviceSecretHash.of("another-device-secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{\"secret\":null}"})
    void missingSecretIsGeneratedAndShownOnce(String body) {
        HttpResponse<String> answer = register(body);

        assertThat(answer.statusCode()).isEqualTo(200);
        Matcher secret = Pattern.compile(
                        "\\{\"deviceId\":\"%s\",\"outcome\":\"DONE\",\"secret\":\"([A-Za-z0-9_-]{43})\"}".formatted(id))
                .matcher(answer.body());
        assertThat(secret.matches()).isTrue();
        assertThat(published(1).get(0).secretHash()).isEqualTo(DeviceSecretHash.of(secret.group(1)));
    }

    @Test
    void registeringARevokedDeviceLetsItInAgain() {
        register("{\"secret\":\"demo-device-secret\"}");
        published(1);
        database.update("update device set revoked_at = now(), version = 2 where device_id = ?", id);

        register("{\"secret\":\"demo-device-secret\"}");

        assertThat(published(2).get(1).version()).isEqualTo(3);
        assertThat(database.query("select revoked_at from device where device_id = ?", id))
                .containsOnlyNulls();
    }

    @Test
    void revocationIsNotDatedAfterItsAuditEntryAndKeepsItsTime() {
        register("{\"secret\":\"demo-device-secret\"}");
        revoke();
        List<Object> revokedAt = database.query("select revoked_at from device where device_id = ?", id);
        world.ask("PUT", "/admin/devices/" + id + "/owner", "{\"owner\":\"another-owner\"}");

        assertThat(database.query(
                        """
                        select d.revoked_at from device d join audit_entry a on a.device_id = d.device_id
                        where d.device_id = ? and d.owner = 'another-owner' and a.action = 'REVOKE' and a.at >= d.revoked_at
                        """,
                        id))
                .isEqualTo(revokedAt);
    }

    @Test
    void revocationThatWaitsForTheDeviceIsDatedAfterTheWaitAsItsAuditEntryIs() {
        register("{\"secret\":\"demo-device-secret\"}");
        CompletableFuture<HttpResponse<String>> revocation = new CompletableFuture<>();

        Object endOfWait = database.lockUntilAwaited(id, () -> revocation.completeAsync(this::revoke));

        assertThat(revocation.join().statusCode()).isEqualTo(200);
        assertThat(database.query(
                        """
                        select least(d.revoked_at, a.at) >= cast(? as timestamptz)
                        from device d join audit_entry a on a.device_id = d.device_id
                        where d.device_id = ? and a.action = 'REVOKE'
                        """,
                        endOfWait,
                        id))
                .containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "123456789012345", "12a4", "%D9%A1%D9%A2%D9%A3%D9%A4"})
    void invalidDeviceIdIsRejected(String wrong) {
        HttpResponse<String> answer = world.registerDevice(wrong, "{}", TestFixtures.OPERATOR);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device id must have 4 to 14 decimal digits\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"secret\":\"\"}", "{\"secret\":\"fifteen letters\"}", "{\"secret\":", "[]", "{\"secret\":{}}"
            })
    void invalidBodyIsRejected(String body) {
        HttpResponse<String> answer = register(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":");
        assertThat(database.query("select 1 from device where device_id = ?", id))
                .isEmpty();
    }

    @Test
    void otherUsersAreRejected() {
        assertThat(statusOf(TestFixtures.basic("operator", "wrong"))).isEqualTo(401);
        assertThat(statusOf(TestFixtures.basic("operator", ""))).isEqualTo(401);
        assertThat(statusOf(TestFixtures.basic("someone", "a password for tests")))
                .isEqualTo(401);
        assertThat(statusOf("Bearer x")).isEqualTo(401);
        assertThat(database.query("select 1 from device where device_id = ?", id))
                .isEmpty();
    }

    private int statusOf(String authorization) {
        return world.registerDevice(id, "{\"secret\":\"demo-device-secret\"}", authorization)
                .statusCode();
    }

    private HttpResponse<String> revoke() {
        return world.ask("PUT", "/admin/devices/" + id + "/revocation", null);
    }

    private HttpResponse<String> register(String json) {
        return world.registerDevice(id, json, TestFixtures.OPERATOR);
    }

    private List<DeviceRegistered> published(int count) {
        await().until(() -> kafka.events(Topic.DEVICE_REGISTRY, id).size() >= count);
        return kafka.events(Topic.DEVICE_REGISTRY, id, DeviceRegistered.class);
    }
}
