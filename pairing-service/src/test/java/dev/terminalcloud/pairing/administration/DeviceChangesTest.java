package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceAdmitted;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceRegistryEvent;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceState;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of secrets and revocations. The connectors' tests cover their effect on connections. */
@QuarkusTest
class DeviceChangesTest {
    private static final String UNKNOWN = "9999999999";

    @Inject
    TestFixtures world;

    @Inject
    KafkaJournal kafka;

    @Test
    void freshSecretIsShownOnceAndPublishedAsAHash() {
        FakeDevice device = world.device();

        HttpResponse<String> answer = ask("POST", device, "/secret", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject changed = new JsonObject(answer.body());
        assertThat(changed.getString("outcome")).isEqualTo("DONE");
        assertThat(changed.getString("secret")).matches("[A-Za-z0-9_-]{43}");
        assertThat(published(device, 2).get(1))
                .isEqualTo(new DeviceRegistered(device.id(), 2, DeviceSecretHash.of(changed.getString("secret"))));
        assertThat(device.lifecycle()).isEqualTo(List.of(new DeviceAdmitted(device.id(), 1)));
    }

    @Test
    void givenSecretIsTakenAndNotShown() {
        FakeDevice device = world.device();

        HttpResponse<String> answer = ask("POST", device, "/secret", "{\"secret\":\"another-device-secret\"}");

        assertThat(answer.body()).isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\"}".formatted(device.id()));
        assertThat(published(device, 2).get(1))
                .isEqualTo(new DeviceRegistered(device.id(), 2, DeviceSecretHash.of("another-device-secret")));
    }

    @Test
    void secretThatItHasAlreadyChangesNothing() {
        FakeDevice device = world.device();

        HttpResponse<String> answer = ask("POST", device, "/secret", "{\"secret\":\"demo-device-secret\"}");

        assertThat(answer.body()).contains("\"outcome\":\"UNCHANGED\"");
    }

    @Test
    void revokedDeviceIsPublishedOnce() {
        FakeDevice device = world.device();

        HttpResponse<String> first = ask("PUT", device, "/revocation", null);
        HttpResponse<String> second = ask("PUT", device, "/revocation", null);
        ask("DELETE", device, "/revocation", null);

        assertThat(first.body()).isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\"}".formatted(device.id()));
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("\"outcome\":\"UNCHANGED\"");
        assertThat(published(device, 3)).extracting(DeviceState::version).containsExactly(1L, 2L, 3L);
        assertThat(published(device, 3).get(1)).isEqualTo(new DeviceRegistryEvent.DeviceRevoked(device.id(), 2));
        assertThat(device.lifecycle(3))
                .containsExactly(
                        new DeviceAdmitted(device.id(), 1),
                        new DeviceRevoked(device.id(), 2),
                        new DeviceAdmitted(device.id(), 3));
    }

    @Test
    void readmittedDeviceGetsANewSecret() {
        FakeDevice device = world.device();
        ask("PUT", device, "/revocation", null);

        String secret =
                new JsonObject(ask("DELETE", device, "/revocation", null).body()).getString("secret");

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(published(device, 3).get(2))
                .isEqualTo(new DeviceRegistered(device.id(), 3, DeviceSecretHash.of(secret)));
    }

    @Test
    void revokedDeviceKeepsItsPairingButItsCodeIsInvalid() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        ask("PUT", device, "/revocation", null);

        assertThat(world.register().pair(code).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /secret     | {\"secret\":\"sixteen letters!\"}         | 409 | Device %s is revoked."
                        + " Readmit it instead",
                "POST   | /secret     | {\"secret\":\"fifteen letters\"}          | 400 | secret must have 16 to 256"
                        + " characters",
                "POST   | /secret     | []                                        | 400 | The body does not match the"
                        + " expected JSON",
                "DELETE | /pairing    |                                           | 409 | Device %s is not paired",
                "DELETE | /pairing?pairingNumber=x |                              | 400 | pairingNumber must be a"
                        + " non-negative integer",
                "POST   | /replacement| {}                                        | 400 | replacementDeviceId is"
                        + " missing",
                "POST   | /replacement| {\"replacementDeviceId\":\"%s\"}          | 400 | replacementDeviceId must be"
                        + " another device",
                "POST   | /replacement| {\"replacementDeviceId\":\"12\"}          | 400 | Device id must have 4 to 14"
                        + " decimal digits",
                "POST   | /replacement| {\"replacementDeviceId\":\"9999999999\"}  | 404 | Device 9999999999 not found",
                "POST   | /revocation |                                           | 404 | No such path or method",
                "DELETE | ''          |                                           | 404 | No such path or method",
            })
    void requestThatDoesNotFitARevokedDeviceIsRefused(
            String method, String path, String json, int status, String error) {
        FakeDevice device = world.device();
        ask("PUT", device, "/revocation", null);

        HttpResponse<String> answer = ask(method, device, path, json == null ? null : json.replace("%s", device.id()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error.replace("%s", device.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | ''           |",
                "POST   | /secret      |",
                "PUT    | /revocation  |",
                "DELETE | /revocation  |",
                "DELETE | /pairing     |",
                "POST   | /replacement | {\"replacementDeviceId\":\"9999999998\"}",
            })
    void unknownDeviceIsNotFound(String method, String path, String json) {
        HttpResponse<String> answer = world.ask(method, "/admin/devices/" + UNKNOWN + path, json);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device 9999999999 not found\"}");
    }

    @Test
    void deviceThatIsNotRevokedIsNotReadmitted() {
        FakeDevice device = world.device();

        HttpResponse<String> answer = ask("DELETE", device, "/revocation", null);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device %s is not revoked\"}".formatted(device.id()));
    }

    private HttpResponse<String> ask(String method, FakeDevice device, String path, String json) {
        return world.ask(method, "/admin/devices/" + device.id() + path, json);
    }

    private List<DeviceState> published(FakeDevice device, int count) {
        await().until(() -> kafka.events(Topic.DEVICE_REGISTRY, device.id()).size() >= count);
        return kafka.events(Topic.DEVICE_REGISTRY, device.id(), DeviceState.class);
    }
}
