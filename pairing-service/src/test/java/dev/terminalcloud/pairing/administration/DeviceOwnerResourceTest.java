package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners of devices in the administration API. */
@QuarkusTest
class DeviceOwnerResourceTest {
    @Inject
    TestFixtures world;

    @Test
    void ownerIsSetAtRegistrationAndShown() {
        FakeDevice device = world.deviceOf("Bakery & Söhne");

        assertThat(show(device).getString("owner")).isEqualTo("Bakery & Söhne");
        assertThat(show(world.device()).containsKey("owner")).isFalse();
    }

    @Test
    void ownersOfManyDevicesAreSetTogether() {
        FakeDevice one = world.unregistered();
        FakeDevice two = world.unregistered();

        world.ask(
                "POST",
                "/admin/devices",
                "{\"devices\":[{\"deviceId\":\"%s\",\"owner\":\"Bakery\"},{\"deviceId\":\"%s\"}]}"
                        .formatted(one.id(), two.id()));

        assertThat(show(one).getString("owner")).isEqualTo("Bakery");
        assertThat(show(two).containsKey("owner")).isFalse();
    }

    @Test
    void registrationWithoutOwnerKeepsIt() {
        FakeDevice device = world.deviceOf("Bakery");

        world.registerDevice(device.id(), "{\"secret\":\"another secret of it\"}", TestFixtures.OPERATOR);

        assertThat(show(device).getString("owner")).isEqualTo("Bakery");
    }

    @Test
    void ownerIsChangedAndRemoved() {
        FakeDevice device = world.deviceOf("Bakery");

        assertThat(set(device, "Florist").body())
                .isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\",\"owner\":\"Florist\"}".formatted(device.id()));
        assertThat(set(device, "Florist").body()).contains("UNCHANGED");
        assertThat(show(device).getString("owner")).isEqualTo("Florist");
        assertThat(world.ask("DELETE", path(device), null).body())
                .isEqualTo("{\"deviceId\":\"%s\",\"outcome\":\"DONE\"}".formatted(device.id()));
        assertThat(show(device).containsKey("owner")).isFalse();
    }

    @Test
    void changesAreInTheAuditTrail() {
        FakeDevice device = world.deviceOf("Bakery");
        set(device, "Florist");
        world.ask("DELETE", path(device), null);

        String entries =
                world.ask("GET", "/admin/audit?deviceId=" + device.id(), null).body();

        assertThat(entries)
                .contains("REMOVE_OWNER")
                .contains("SET_OWNER")
                .contains("{\"owner\":\"Florist\"}")
                .contains("{\"owner\":\"Bakery\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"owner\":\"\"}", "{\"owner\":null}"})
    void missingOwnerIsRejected(String body) {
        HttpResponse<String> answer = world.ask("PUT", path(world.device()), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("owner");
    }

    @Test
    void unknownDeviceHasNoOwner() {
        assertThat(set(world.unregistered(), "Bakery").statusCode()).isEqualTo(404);
    }

    @Test
    void viewerChangesNoOwner() {
        HttpResponse<String> answer =
                world.ask(TestFixtures.VIEWER, "PUT", path(world.device()), "{\"owner\":\"Bakery\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void registerIsNotHandedOverToADeviceOfAnotherOwner() {
        FakeDevice device = world.deviceOf("Bakery").hello();
        FakeDevice next = world.deviceOf("Florist").hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        HttpResponse<String> answer = world.ask(
                "POST",
                "/admin/devices/" + device.id() + "/replacement",
                "{\"replacementDeviceId\":\"%s\"}".formatted(next.id()));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Device %s has another owner than device %s. Change the owner first\"}"
                        .formatted(next.id(), device.id()));
    }

    private HttpResponse<String> set(FakeDevice device, String owner) {
        return world.ask("PUT", path(device), "{\"owner\":\"%s\"}".formatted(owner));
    }

    private JsonObject show(FakeDevice device) {
        return new JsonObject(
                world.ask("GET", "/admin/devices/" + device.id(), null).body());
    }

    private static String path(FakeDevice device) {
        return "/admin/devices/" + device.id() + "/owner";
    }
}
