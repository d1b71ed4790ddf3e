package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that want to cost more than their size, or to reach what is not public. */
@QuarkusTest
class HostilePairingTest {
    private static final String PATH = "/POS/Pairing/00000000";

    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/POS/Pairing/00000000;a=b",
                "/POS;a=b/Pairing/00000000",
                "/POS//Pairing/00000000",
                "/POS/%2e%2e/admin/devices",
                "/POS%2fPairing/00000000",
                "/POS/Pairing%5C00000000"
            })
    void ambiguousPathIs404(String path) {
        assertIsError(send(path, "text/plain", ""), 404, "No such path or method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin/devices;a=b", "/admin//devices", "/admin/%2e/devices", "/admin/%2E%2E/admin/devices"})
    void ambiguousPathOfTheAdministrationIs404(String path) {
        assertIsError(world.ask("GET", path, null), 404, "No such path or method");
    }

    @Test
    void bodyIsLimitedBeforeAnythingIsChecked() {
        String form = "application/x-www-form-urlencoded";
        assertIsError(
                send(PATH, form, "a=" + "&".repeat(262_000)),
                400,
                "Body and query must each have at most 1000 pieces separated by &");
        assertIsError(send(PATH, form, "a=&".repeat(201)), 400, "Body and query must each have at most 200 parameters");
        assertIsError(
                send(PATH, "application/json", "{\"a\":".repeat(101)),
                400,
                "The body must be JSON of at most 100 levels");
        assertIsError(
                send(PATH, form + "; charset=x-JISAutoDetect", "a=+"),
                415,
                "The charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII, was x-JISAutoDetect");
        assertIsError(send(PATH, form, "x".repeat(256 * 1024 + 1)), 413, "The body is larger than 256 KiB");
    }

    @ParameterizedTest
    @CsvSource({"10, 400", "5000, 400"})
    void jsonOfTheAdministrationIsLimited(int levels, int status) {
        String nested = "{\"secret\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
        assertThat(world.ask("PUT", "/admin/devices/7000000001", nested).statusCode())
                .isEqualTo(status);
    }

    private HttpResponse<String> send(String path, String type, String body) {
        return http.send("PUT", path, BodyPublishers.ofString(body), "Content-Type", type);
    }

    private static void assertIsError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
