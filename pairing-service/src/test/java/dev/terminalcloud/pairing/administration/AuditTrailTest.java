package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content, filters and immutability of the audit trail. */
@QuarkusTest
class AuditTrailTest {
    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @Inject
    Database database;

    @Test
    void everyActionIsKeptNewestFirst() {
        FakeDevice device = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        ask("POST", device, "/secret", null);
        ask("POST", device, "/replacement", "{\"replacementDeviceId\":\"%s\"}".formatted(next.id()));
        ask("DELETE", next, "/pairing", null);
        ask("PUT", device, "/revocation", null);
        ask("PUT", device, "/revocation", null);
        ask("DELETE", device, "/revocation", null);

        assertThat(entries("deviceId=" + device.id()))
                .extracting(entry -> entry.getString("action") + " " + entry.getString("outcome"))
                .containsExactly(
                        "READMIT DONE",
                        "REVOKE UNCHANGED",
                        "REVOKE DONE",
                        "REPLACE DONE",
                        "ROTATE_SECRET DONE",
                        "REGISTER DONE");
        assertThat(entries("deviceId=" + next.id()))
                .extracting(entry -> entry.getString("action"))
                .containsExactly("UNPAIR", "REPLACE", "REGISTER");
        JsonObject replaced = entries("registerId=" + register.id()).get(1);
        assertThat(replaced.getString("principal")).isEqualTo("operator");
        assertThat(replaced.getString("deviceId")).isEqualTo(device.id());
        assertThat(replaced.getString("otherDeviceId")).isEqualTo(next.id());
        assertThat(replaced.getString("vendorName")).isEqualTo(register.vendor());
        assertThat(replaced.containsKey("reason")).isFalse();
    }

    @Test
    void refusalIsKeptWithItsReason() {
        FakeDevice device = world.device();
        ask("DELETE", device, "/pairing", null);

        JsonObject entry = entries("deviceId=" + device.id()).get(0);

        assertThat(entry.getString("action")).isEqualTo("UNPAIR");
        assertThat(entry.getString("outcome")).isEqualTo("REFUSED");
        assertThat(entry.getString("reason")).isEqualTo("Device %s is not paired".formatted(device.id()));
    }

    @Test
    void addressIsThatOfTheClientBehindTheKnownProxy() {
        FakeDevice device = world.device();
        String address = world.address();

        http.send(
                "PUT",
                "/admin/devices/" + device.id() + "/revocation",
                BodyPublishers.noBody(),
                "Authorization",
                TestFixtures.OPERATOR,
                "X-Forwarded-For",
                address);

        assertThat(entries("deviceId=" + device.id()).get(0).getString("address"))
                .isEqualTo(address);
    }

    @Test
    void noSecretIsInIt() {
        FakeDevice device = world.device();
        String made = new JsonObject(ask("POST", device, "/secret", null).body()).getString("secret");
        ask("POST", device, "/secret", "{\"secret\":\"a secret of mine\"}");

        List<Object> kept =
                database.query("select cast(a as text) from audit_entry a where device_id = ?", device.id());

        assertThat(kept).hasSize(3);
        assertThat(kept.toString()).doesNotContain(made, "a secret of mine", "sha256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set principal = 'somebody else' where device_id = '%s'",
                "delete from audit_entry where device_id = '%s'",
                "truncate audit_entry"
            })
    void nothingIsChangedOrRemoved(String statement) {
        FakeDevice device = world.device();

        assertThatThrownBy(() -> database.update(statement.formatted(device.id())))
                .hasStackTraceContaining("audit_entry is append-only");
        assertThat(entries("deviceId=" + device.id())).hasSize(1);
    }

    @Test
    void pagesShowEachEntryOnce() {
        FakeDevice device = world.device();
        for (int i = 0; i < 4; i++) {
            ask("POST", device, "/secret", null);
        }

        List<Long> ids = new ArrayList<>();
        Long next = Long.MAX_VALUE / 10;
        while (next != null) {
            JsonObject page = page("limit=2&deviceId=" + device.id() + "&before=" + next);
            List<Long> shown =
                    entries(page).stream().map(entry -> entry.getLong("id")).toList();
            assertThat(shown).hasSizeLessThanOrEqualTo(2);
            ids.addAll(shown);
            next = page.getLong("next");
        }

        assertThat(ids)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }

    @Test
    void filtersSelectMatchingEntries() {
        FakeDevice device = world.device();
        ask("POST", device, "/secret", null);
        String of = "deviceId=" + device.id();
        Instant at = Instant.parse(entries(of + "&action=ROTATE_SECRET").get(0).getString("at"));

        assertThat(entries(of + "&action=REVOKE")).isEmpty();
        assertThat(entries(of + "&principal=operator")).hasSize(2);
        assertThat(entries(of + "&principal=viewer")).isEmpty();
        assertThat(entries(of + "&from=" + at)).hasSize(1);
        assertThat(entries(of + "&to=" + at)).hasSize(1);
        assertThat(entries(of + "&from=" + at.plusSeconds(1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deviceId=1       | Device id must have 4 to 14 decimal digits",
                "before=x         | before must be a non-negative integer",
                "from=yesterday   | from must be an ISO 8601 time such as 2026-11-22T10:15:30Z",
                "to=2026-11-22    | to must be an ISO 8601 time such as 2026-11-22T10:15:30Z",
                "principal=%00    | principal must have 1 to 128 characters and must not contain U+0000",
                "limit=0          | limit must be between 1 and 500",
                "action=STEAL     | action must be one of [REGISTER, ROTATE_SECRET, REVOKE, READMIT, SET_OWNER,"
                        + " REMOVE_OWNER, REPLACE, UNPAIR, PROBE, RESOLVE_TRANSACTION, RETRY_DEAD_LETTER, DROP_DEAD_LETTER]",
            })
    void invalidParameterIsNamed(String query, String error) {
        HttpResponse<String> answer = world.ask("GET", "/admin/audit?" + query, null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo(error);
    }

    private HttpResponse<String> ask(String method, FakeDevice device, String path, String json) {
        return world.ask(method, "/admin/devices/" + device.id() + path, json);
    }

    private List<JsonObject> entries(String query) {
        return entries(page(query));
    }

    private static List<JsonObject> entries(JsonObject page) {
        return page.getJsonArray("entries").stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject page(String query) {
        return new JsonObject(world.ask("GET", "/admin/audit?" + query, null).body());
    }
}
