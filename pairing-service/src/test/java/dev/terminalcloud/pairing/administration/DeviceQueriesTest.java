package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /admin/devices} and {@code GET /admin/devices/{deviceId}}. */
@QuarkusTest
class DeviceQueriesTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Test
    void deviceThatNeverConnectedIsShown() {
        FakeDevice device = world.device();

        assertThat(show(device))
                .isEqualTo(new JsonObject()
                        .put("deviceId", device.id())
                        .put("pairingNumber", 0)
                        .put("presence", new JsonObject().put("online", false)));
    }

    @Test
    void connectedAndPairedDeviceIsShownWithAllThatIsKnown() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        device.say(new DeviceStatusChanged(device.id(), device.session(), DeviceStatus.NOT_LOGGED_ON));
        await().until(() -> "NOT-LOGGED-ON".equals(presence(device).getString("status")));

        JsonObject shown = show(device);

        assertThat(shown.getLong("pairingNumber")).isEqualTo(1);
        assertThat(shown.getJsonObject("pairing"))
                .isEqualTo(new JsonObject()
                        .put("vendorName", register.vendor())
                        .put("registerId", register.id())
                        .put("businessName", register.business())
                        .put("registerName", register.name()));
        JsonObject presence = shown.getJsonObject("presence");
        assertThat(Instant.parse(presence.getString("connectedSince")))
                .isBeforeOrEqualTo(Instant.parse(presence.getString("lastSeen")));
        presence.remove("connectedSince");
        presence.remove("lastSeen");
        assertThat(presence)
                .isEqualTo(new JsonObject()
                        .put("online", true)
                        .put("sessionId", device.session().toString())
                        .put("connectorIndex", 0)
                        .put("connectorEpoch", 1)
                        .put("model", "T100")
                        .put("firmware", "1.0")
                        .put("status", "NOT-LOGGED-ON"));
    }

    @Test
    void deviceThatHasGoneIsShownAsItWasLastSeen() {
        FakeDevice device = world.device().hello();
        device.disconnect(device.session()).lifecycle(3);

        JsonObject presence = presence(device);

        assertThat(presence.getBoolean("online")).isFalse();
        assertThat(presence.getString("model")).isEqualTo("T100");
        assertThat(presence.fieldNames()).contains("lastSeen").doesNotContain("connectedSince", "sessionId");
    }

    @Test
    void pagesShowEachDeviceOnceInOrder() {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            devices.add(world.device().id());
        }
        devices.sort(null);

        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonObject page = page("limit=2" + (next.isEmpty() ? "" : "&after=" + next));
            List<String> ids = ids(page);
            assertThat(ids).hasSizeLessThanOrEqualTo(2);
            seen.addAll(ids);
            next = page.getString("next");
        }

        assertThat(seen).containsAll(devices).doesNotHaveDuplicates();
        assertThat(seen).hasSize(Math.toIntExact(database.count("select count(*) from device")));
    }

    @Test
    void filtersSelectMatchingDevices() {
        FakeDevice offline = world.device();
        FakeDevice here = world.device().hello();
        FakeDevice paired = world.device().hello();
        world.register().pair(paired.freshCode());
        FakeDevice revoked = world.device();
        world.ask("PUT", "/admin/devices/" + revoked.id() + "/revocation", null);
        here.lifecycle(2);

        assertThat(all("online=true")).contains(here.id(), paired.id()).doesNotContain(offline.id(), revoked.id());
        assertThat(all("online=false")).contains(offline.id(), revoked.id()).doesNotContain(here.id(), paired.id());
        assertThat(all("paired=true")).contains(paired.id()).doesNotContain(offline.id(), here.id());
        assertThat(all("revoked=true")).contains(revoked.id()).doesNotContain(offline.id(), here.id());
        assertThat(all("paired=false&online=true")).contains(here.id()).doesNotContain(offline.id(), paired.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0       | limit must be between 1 and 500",
                "limit=501     | limit must be between 1 and 500",
                "limit=x       | limit must be a non-negative integer",
                "limit=-1      | limit must be a non-negative integer",
                "online=yes    | online must be true or false",
                "revoked=TRUE  | revoked must be true or false",
                "after=12      | Device id must have 4 to 14 decimal digits",
            })
    void invalidParameterIsNamed(String query, String error) {
        HttpResponse<String> answer = world.ask("GET", "/admin/devices?" + query, null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
    }

    private List<String> all(String query) {
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonObject page = page("limit=500&" + query + (next.isEmpty() ? "" : "&after=" + next));
            seen.addAll(ids(page));
            next = page.getString("next");
        }
        return seen;
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("devices").stream()
                .map(device -> ((JsonObject) device).getString("deviceId"))
                .toList();
    }

    private JsonObject page(String query) {
        return new JsonObject(world.ask("GET", "/admin/devices?" + query, null).body());
    }

    private JsonObject presence(FakeDevice device) {
        return show(device).getJsonObject("presence");
    }

    private JsonObject show(FakeDevice device) {
        return new JsonObject(
                world.ask("GET", "/admin/devices/" + device.id(), null).body());
    }
}
