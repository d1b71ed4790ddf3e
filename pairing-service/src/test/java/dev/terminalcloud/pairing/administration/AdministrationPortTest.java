package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ports: each serves its own paths and no others. */
@QuarkusTest
class AdministrationPortTest {
    private static final String NOT_FOUND = "{\"error\":\"No such path or method\"}";

    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/devices",
                "/admin/audit",
                "/ADMIN/devices",
                "//admin/devices",
                "/./admin/devices",
                "/POS/../admin/devices",
                "/POS/%2e%2e/admin/devices",
                "/POS/..%2fadmin/devices",
                "/;/admin/devices",
                "/admin;x=1/devices",
                "/%61dmin/devices",
                "/q/health/ready",
                "/q/metrics",
                "/",
                "*"
            })
    void publicPortDoesNotKnow(String path) throws IOException {
        assertThat(send(http.address(), path))
                .matches("(?s)HTTP/1\\.1 40[04] .*")
                .doesNotContain("deviceId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/POS/Pairing/00000000", "/admin/../POS/Pairing/00000000", "/q/health/ready", "/q/metrics"})
    void administrationPortDoesNotKnow(String path) throws IOException {
        assertThat(send(http.administration(), path))
                .startsWith("HTTP/1.1 404 ")
                .endsWith(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/devices", "/POS/Pairing/00000000"})
    void managementPortDoesNotKnow(String path) throws IOException {
        assertThat(send(http.management(), path)).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @CsvSource({"/admin/devices, 200", "/admin/audit, 200", "/admin/nothing, 404"})
    void administrationPortServesTheAdministration(String path, int status) throws IOException {
        assertThat(send(http.administration(), path)).startsWith("HTTP/1.1 %d ".formatted(status));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json"})
    void postWithoutJsonIsRefused(String contentType) {
        String path = "/admin/devices/" + world.device().id() + "/secret";
        HttpResponse<String> answer = contentType == null
                ? http.send("POST", path, BodyPublishers.noBody(), "Authorization", TestFixtures.OPERATOR)
                : http.send(
                        "POST",
                        path,
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        contentType,
                        "Authorization",
                        TestFixtures.OPERATOR);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The body must be application/json\"}");
    }

    @Test
    void postWithJsonAndCharsetIsAccepted() {
        HttpResponse<String> answer = http.send(
                "POST",
                "/admin/devices/" + world.device().id() + "/secret",
                BodyPublishers.ofString("{}"),
                "Content-Type",
                "Application/JSON; charset=utf-8",
                "Authorization",
                TestFixtures.OPERATOR);

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /** Sends the path as it is over a plain socket: HTTP clients would change it. */
    private static String send(URI port, String path) throws IOException {
        try (Socket socket = new Socket("localhost", port.getPort())) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, TestFixtures.OPERATOR)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
