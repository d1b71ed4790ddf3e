package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to all that a gateway may send which no service is for: those of the contract, whatever gateway it is. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PublicAnswersTest {
    private static final String NOT_FOUND = "{\"error\":\"No such path or method\"}";

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /nothing",
        "PUT, /position",
        "GET, /POS",
        "POST, /pos/Pairing",
        "PUT, /POS/Pairing/12345678",
        "GET, /admin/transactions",
        "GET, /q/health/ready",
        "GET, /mqtt",
        "OPTIONS, /nothing",
        "TRACE, /POS/Transaction",
        "TRACE, /nothing",
        "BREW, /POS/Transaction",
        "PROPFIND, /POS",
        "HEAD, /nothing",
        "PATCH, /POS/Transaction",
        "POST, /POS/Status",
        "GET, /POS/Status/1"
    })
    void requestOutsideTheApiIs404(String method, String target) {
        String answer = answerTo(method, target);
        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: *\r\n")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .endsWith(method.equals("HEAD") ? "\r\n\r\n" : NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/POS", "/pos/", "/POS/Nothing", "/pos/transaction/1/cancel", "/POS/Pairing", "/Pos/Pairing/1"})
    void preflightIsAnsweredForAnyPathBelowTheBase(String path) {
        assertThat(answerTo("OPTIONS", path))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: *\r\n")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Methods: GET, PUT, POST, DELETE\r\n")
                .endsWith("\r\n\r\n{}");
    }

    private String answerTo(String method, String target) {
        try (RawConnection client = RawConnection.to(service)) {
            return client.send(method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readUntil("\0");
        }
    }
}
