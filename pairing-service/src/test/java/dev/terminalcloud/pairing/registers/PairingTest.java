package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PUT /POS/Pairing/{code}} as registers send it (POS API, sections 1 and 2). */
@QuarkusTest
class PairingTest {
    private static final String INVALID =
            "{\"error\":\"Invalid Pairing Code. Please make sure you entered the code correctly\"}";

    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @Inject
    Database database;

    @Test
    void registerPairsWithTheDeviceThatShowsTheCode() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();

        HttpResponse<String> answer = register.pair(device.freshCode());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"result\":\"success\"}");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(register.event(1)).isEqualTo(register.pairedWith(device, 1, 1));
        assertThat(device.command(1, TellPaired.class))
                .isEqualTo(new TellPaired(device.id(), device.session(), 1, register.business(), register.name()));
    }

    @Test
    void answerCarriesATokenThatIsKeptOnlyAsAHash() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();

        HttpResponse<String> answer = register.pair(device.freshCode());

        String token = answer.headers().firstValue("Pairing-Token").orElseThrow();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(database.query("select pairing_token_hash from register where register_id = ?", register.id()))
                .containsExactly(DeviceSecretHash.of(token));
    }

    @Test
    void callbackUrlIsPublishedUntilTheNextPairing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register().with("PosNotificationCallbackUrl", "https://POS.example.com/a b#top");

        register.pair(device.freshCode());
        RegisterPaired paired = (RegisterPaired) register.event(1);
        register.without("PosNotificationCallbackUrl").pair(device.freshCode());

        assertThat(paired.callbackUrl()).isEqualTo("https://pos.example.com/a%20b");
        assertThat(((RegisterPaired) register.event(2)).callbackUrl()).isNull();
        assertThat(database.query("select callback_url from register where register_id = ?", register.id()))
                .containsExactly((String) null);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://pos.example.com/, must start with http:// or https://",
        "http://user@pos.example.com/, must not contain user info",
        "http://2130706433/, must have an IPv4 address as four decimal numbers",
        "http://127.0.0.1:9092/, must have a public address",
        "http://localhost/, must have a public address",
        "http://[::ffff:10.0.0.1]/, must have a public address"
    })
    void callbackUrlIsCheckedBeforeTheCode(String url, String rule) {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register().with("PosNotificationCallbackUrl", url);
        String code = device.freshCode();

        HttpResponse<String> answer = register.pair(code);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"PosNotificationCallbackUrl %s\"}".formatted(rule));
        assertThat(register.without("PosNotificationCallbackUrl").pair(code).statusCode())
                .isEqualTo(200);
    }

    @Test
    void contactDetailsAreStored() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register()
                .with("Contact Name", "Ada")
                .with("Address", "1 Main St")
                .with("City", "Perth")
                .with("State", "WA")
                .with("ZipCode", "6000")
                .with("Email", "ada@example.org")
                .with("Phone", "+61 8 1234");

        register.pair(device.freshCode());

        assertThat(database.query(
                        "select concat_ws('|', contact_name, address, city, state, zip_code, email, phone)"
                                + " from register where register_id = ?",
                        register.id()))
                .containsExactly("Ada|1 Main St|Perth|WA|6000|ada@example.org|+61 8 1234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/POS/Pairing/%s", "/pos/pairing/%s", "/Pos/PAIRING/%s/"})
    void pathIsMatchedInAnyCaseAndWithATrailingSlash(String path) {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();

        HttpResponse<String> answer =
                http.send("PUT", path.formatted(device.freshCode()) + "?" + register.form(), BodyPublishers.noBody());

        assertThat(answer.body()).isEqualTo("{\"result\":\"success\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded; charset=UTF-8",
                "APPLICATION/X-WWW-FORM-URLENCODED",
                "text/plain",
                "multipart/form-data",
                "nonsense",
                "a/b/c; ="
            })
    void formIsReadRegardlessOfContentType(String contentType) {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();

        HttpResponse<String> answer = http.send(
                "PUT",
                "/POS/Pairing/" + device.freshCode(),
                BodyPublishers.ofString(register.form()),
                "Content-Type",
                contentType);

        assertThat(answer.body()).isEqualTo("{\"result\":\"success\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "&&", "&debug", "&debug&", "&\r\n"})
    void strayPiecesAreIgnored(String stray) {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();

        HttpResponse<String> answer = http.send(
                "PUT",
                "/POS/Pairing/" + device.freshCode(),
                BodyPublishers.ofString(register.form().replace("&", "&&") + stray));

        assertThat(answer.body()).isEqualTo("{\"result\":\"success\"}");
        assertThat(database.query("select business_name from register where register_id = ?", register.id()))
                .doesNotContain("debug");
    }

    @Test
    void bodyOverTheLimitIs413() {
        for (BodyPublisher body : List.of(
                BodyPublishers.ofByteArray(new byte[256 * 1024 + 1]),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[2 * 1024 * 1024])))) {
            HttpResponse<String> answer = http.send("PUT", "/POS/Pairing/12345678", body);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("{\"error\":\"The body is larger than 256 KiB\"}");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        }
    }

    @Test
    void bodyMayBeJson() {
        FakeDevice device = world.device().hello();
        String id = world.register().id();

        HttpResponse<String> answer = http.send(
                "PUT",
                "/POS/Pairing/" + device.freshCode(),
                BodyPublishers.ofString(
                        "{\"POSRegisterID\":\"%s\",\"POSRegisterName\":\"a\",\"posbusinessname\":\"b\",\"POSVendorName\":\"c\"}"
                                .formatted(id)),
                "Content-Type",
                "application/json");

        assertThat(answer.body()).isEqualTo("{\"result\":\"success\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSRegisterID", "POSRegisterName", "POSBusinessName", "POSVendorName"})
    void missingParameterIsNamed(String name) {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();

        HttpResponse<String> missing = world.register().without(name).pair(code);
        HttpResponse<String> empty = world.register().with(name, "").pair(code);

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).isEqualTo("{\"error\":\"%s is missing\"}".formatted(name));
        assertThat(empty.body()).isEqualTo(missing.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSRegisterID", "POSRegisterName", "POSBusinessName", "POSVendorName"})
    void valueThatIsTooLongIsNamed(String name) {
        HttpResponse<String> answer =
                world.register().with(name, "x".repeat(129)).pair("12345678");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"%s must be at most 128 characters\"}".formatted(name));
    }

    @Test
    void nulCharacterIsRefused() {
        HttpResponse<String> answer = world.register().with("City", "a\0b").pair("12345678");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"City must not contain U+0000\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                "1",
                "abcdefgh",
                "123456789",
                "%20",
                "%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8"
            })
    void wrongCodeIsRefused(String code) {
        HttpResponse<String> answer = world.register().pair(code);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /POS/Pairing/12345678",
        "POST, /POS/Pairing/12345678",
        "DELETE, /POS/Pairing/12345678",
        "PUT, /POS/Pairing",
        "PUT, /POS/Pairing/",
        "PUT, /POS/Pairing/1/2",
        "GET, /",
        "PUT, /POS"
    })
    void anythingElseIsNotFound(String method, String path) {
        HttpResponse<String> answer = http.send(method, path, BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"No such path or method\"}");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    @Test
    void browserOfAnyOriginMayReadTheAnswerAndItsToken() {
        HttpResponse<String> preflight = http.send(
                "OPTIONS",
                "/POS/Pairing/12345678",
                BodyPublishers.noBody(),
                "Origin",
                "https://pos.example",
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "Content-Type");
        HttpResponse<String> answer =
                http.send("PUT", "/POS/Pairing/12345678", BodyPublishers.noBody(), "Origin", "https://pos.example");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElseThrow())
                .contains("PUT");
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Pairing-Token");
    }
}
