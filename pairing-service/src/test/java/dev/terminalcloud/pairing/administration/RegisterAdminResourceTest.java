package dev.terminalcloud.pairing.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /admin/registers} and {@code GET /admin/devices/{deviceId}/pairings}. */
@QuarkusTest
class RegisterAdminResourceTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @AfterEach
    void restore() {
        database.acceptRows("pairing_history");
    }

    /** The seed's support case: each of two tills with one id finds itself unpaired. */
    @Test
    void tillsWithOneIdAreShownWithTheirBusinessesAndAddresses() {
        FakeDevice bakersDevice = world.device().hello();
        FakeDevice floristsDevice = world.device().hello();
        FakeRegister baker = world.register().with("POSBusinessName", "Bakery");
        FakeRegister florist =
                world.register().with("POSRegisterID", baker.id()).with("POSBusinessName", "Florist");
        pair(baker, bakersDevice);

        pair(florist, floristsDevice);

        JsonObject shown = show(baker);
        JsonObject current = history(shown).get(0);
        JsonObject ended = history(shown).get(1);
        assertThat(history(shown)).hasSize(2);
        assertThat(shown.getString("vendorName")).isEqualTo(baker.vendor());
        assertThat(shown.getString("registerId")).isEqualTo(baker.id());
        assertThat(shown.getString("businessName")).isEqualTo("Florist");
        assertThat(shown.getString("registerName")).isEqualTo(florist.name());
        assertThat(shown.getString("deviceId")).isEqualTo(floristsDevice.id());
        assertThat(shown.getString("pairedSince")).isEqualTo(current.getString("startedAt"));
        assertThat(shown.containsKey("next")).isFalse();
        assertThat(withoutTimes(current)).isEqualTo(entry(florist, floristsDevice, 1));
        assertThat(withoutTimes(ended)).isEqualTo(entry(baker, bakersDevice, 1).put("endReason", "REGISTER_REPAIRED"));
        assertThat(Instant.parse(ended.getString("endedAt")))
                .isBetween(Instant.parse(ended.getString("startedAt")), Instant.parse(current.getString("startedAt")));
    }

    @Test
    void registerWhoseDeviceIsTakenShowsByWhich() {
        FakeDevice device = world.device().hello();
        FakeRegister previous = world.register();
        FakeRegister next = world.register();
        pair(previous, device);

        pair(next, device);

        JsonObject shown = show(previous);
        assertThat(shown.containsKey("deviceId")).isFalse();
        assertThat(shown.containsKey("pairedSince")).isFalse();
        assertThat(history(shown)).hasSize(1);
        assertThat(withoutTimes(history(shown).get(0)))
                .isEqualTo(entry(previous, device, 1)
                        .put("endReason", "DEVICE_REPAIRED")
                        .put(
                                "takenBy",
                                new JsonObject()
                                        .put("vendorName", next.vendor())
                                        .put("registerId", next.id())));
        assertThat(historyOf(device))
                .extracting(entry -> entry.getString("registerId"))
                .containsExactly(next.id(), previous.id());
    }

    /** Both partners leave theirs: the register its device, and the device its register. */
    @Test
    void pairingOfTwoPairedPartnersEndsBothPairings() {
        FakeDevice left = world.device().hello();
        FakeDevice right = world.device().hello();
        FakeRegister first = world.register();
        FakeRegister second = world.register();
        pair(first, left);
        pair(second, right);

        pair(first, right);

        assertThat(endsOf(first)).containsExactly(null, "REGISTER_REPAIRED");
        assertThat(endsOf(second)).containsExactly("DEVICE_REPAIRED");
        assertThat(historyOf(left)).extracting(this::end).containsExactly("REGISTER_REPAIRED");
        assertThat(historyOf(right)).extracting(this::end).containsExactly(null, "DEVICE_REPAIRED");
    }

    @Test
    void eachEndIsShownNewestFirst() {
        FakeDevice device = world.device().hello();
        FakeDevice replacement = world.device().hello();
        FakeRegister register = world.register();
        pair(register, device);
        pair(register, device);
        world.ask(
                "POST",
                "/admin/devices/" + device.id() + "/replacement",
                "{\"replacementDeviceId\":\"%s\"}".formatted(replacement.id()));
        world.ask("DELETE", "/admin/devices/" + replacement.id() + "/pairing", null);
        pair(register, device);
        device.unpair(4);
        await().until(() -> !show(register).containsKey("deviceId"));

        assertThat(endsOf(register))
                .containsExactly("UNPAIRED_BY_DEVICE", "UNPAIRED_BY_OPERATOR", "DEVICE_REPLACED", "REGISTER_REPAIRED");
        JsonObject byOperator = history(show(register)).get(1);
        assertThat(byOperator.getString("startedBy")).isEqualTo("OPERATOR");
        assertThat(byOperator.getString("deviceId")).isEqualTo(replacement.id());
        assertThat(byOperator.getString("address")).isEqualTo("127.0.0.1");
    }

    @Test
    void repeatedClaimIsNoEntry() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);

        register.pair(code);

        assertThat(endsOf(register)).hasSize(1).containsOnlyNulls();
    }

    @Test
    void requestThatPairsNothingIsNoEntry() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        pair(register, device);

        world.register().pair("00000000");
        device.unpair(7).freshCode();
        world.ask("DELETE", "/admin/devices/" + device.id() + "/pairing?pairingNumber=9", null);

        assertThat(endsOf(register)).hasSize(1).containsOnlyNulls();
    }

    @Test
    void pagesFollowEachOther() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        for (int i = 0; i < 3; i++) {
            pair(register, device);
        }

        JsonObject first = show(register, "&limit=2");
        JsonObject last = show(register, "&limit=2&after=" + first.getLong("next"));

        assertThat(history(first)).extracting(this::number).containsExactly(3L, 2L);
        assertThat(history(last)).extracting(this::number).containsExactly(1L);
        assertThat(last.containsKey("next")).isFalse();
        JsonObject ofDevice = ask("/admin/devices/" + device.id() + "/pairings?limit=2");
        assertThat(history(ofDevice)).extracting(this::number).containsExactly(3L, 2L);
        assertThat(ofDevice.getLong("next")).isEqualTo(first.getLong("next"));
    }

    @Test
    void pairingWithoutItsEntryIsNotMade() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        database.refuseRows("pairing_history", device.id(), "40001");

        HttpResponse<String> refused = register.pair(code);
        restore();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(database.count("select count(*) from register where register_id = ?", register.id()))
                .isZero();
        assertThat(register.pair(code).statusCode()).isEqualTo(200);
        assertThat(endsOf(register)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registers?vendorName=V&registerId=unknown         | 404 | Register unknown of vendor V not found",
                "registers                                         | 400 | vendorName is missing",
                "registers?vendorName=V                            | 400 | registerId is missing",
                "registers?vendorName=V&registerId=%00             | 400 | registerId must have 1 to 128 characters and must not contain U+0000",
                "registers?vendorName=V&registerId=R&limit=501     | 400 | limit must be between 1 and 500",
                "registers?vendorName=V&registerId=R&after=x       | 400 | after must be a non-negative integer",
                "registers/flapping?limit=0                        | 400 | limit must be between 1 and 500",
                "devices/1/pairings                                | 400 | Device id must have 4 to 14 decimal digits",
                "devices/9999999998/pairings                       | 404 | Device 9999999998 not found"
            })
    void invalidRequestGetsAReason(String path, int status, String error) {
        HttpResponse<String> answer = world.ask("GET", "/admin/" + path, null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"%s\"}".formatted(error));
    }

    private void pair(FakeRegister register, FakeDevice device) {
        assertThat(register.pair(device.freshCode()).statusCode()).isEqualTo(200);
    }

    private JsonObject show(FakeRegister register) {
        return show(register, "");
    }

    private JsonObject show(FakeRegister register, String more) {
        return ask("/admin/registers?vendorName=%s&registerId=%s%s"
                .formatted(URLEncoder.encode(register.vendor(), UTF_8), register.id(), more));
    }

    private JsonObject ask(String path) {
        HttpResponse<String> answer = world.ask(TestFixtures.VIEWER, "GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private List<JsonObject> historyOf(FakeDevice device) {
        return history(ask("/admin/devices/" + device.id() + "/pairings"));
    }

    private static List<JsonObject> history(JsonObject shown) {
        return shown.getJsonArray("history").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private List<String> endsOf(FakeRegister register) {
        return history(show(register)).stream().map(this::end).toList();
    }

    private String end(JsonObject entry) {
        return entry.getString("endReason");
    }

    private long number(JsonObject entry) {
        return entry.getLong("pairingNumber");
    }

    private static JsonObject entry(FakeRegister register, FakeDevice device, long pairingNumber) {
        return new JsonObject()
                .put("vendorName", register.vendor())
                .put("registerId", register.id())
                .put("deviceId", device.id())
                .put("pairingNumber", pairingNumber)
                .put("businessName", register.business())
                .put("registerName", register.name())
                .put("startedBy", "REGISTER")
                .put("address", register.address());
    }

    private static JsonObject withoutTimes(JsonObject entry) {
        JsonObject copy = entry.copy();
        List.of("id", "startedAt", "endedAt").forEach(copy::remove);
        return copy;
    }
}
