package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that want to cost more than their size, or to reach what is not public, over connections of their own. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class HostileRequestsTest {
    private static final String START = "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\n";
    private static final String BODY_TOO_LARGE = "{\"error\":\"The body is larger than 256 KiB\"}";

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/POS/../admin/transactions",
                "/POS/%2e%2e/admin/transactions",
                "/POS/%2E./admin/transactions",
                "//POS/Transaction",
                "/POS//Transaction",
                "/POS/Transaction;a=b",
                "/POS;a=b/Transaction",
                "/POS/..;/admin",
                "/POS%2fTransaction",
                "/POS/Transaction%2F1",
                "/POS/Transaction%5c1",
                "/POS/Transaction\\1",
                "/admin//audit",
                "/q/../admin/audit",
                "/q/health;a=b"
            })
    void ambiguousPathIs404(String path) {
        assertThat(answerTo("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: *\r\n")
                .endsWith("{\"error\":\"No such path or method\"}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyIsCheckedBeforeItIsRead(String headers, String body, String status, String error) {
        assertThat(answerTo(START + headers + "\r\n" + body))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .endsWith("{\"error\":\"" + error + "\"}");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                form(
                        "a=" + "&".repeat(262_000),
                        "400",
                        "Body and query must each have at most 1000 pieces separated by &"),
                form("a=&".repeat(201), "400", "Body and query must each have at most 200 parameters"),
                json("{\"a\":".repeat(40_000), "400", "The body must be JSON of at most 100 levels"),
                json("{" + "\"a\":1,".repeat(40_000), "400", "Body and query must each have at most 200 parameters"),
                charset("x-JISAutoDetect"),
                charset("ISO-2022-CN"),
                charset("Shift_JIS"));
    }

    @ParameterizedTest
    @CsvSource({"GET, /POS/Transaction/1?", "POST, /POS/Transaction/1/cancel?", "POST, /POS/Transaction?"})
    void queryIsLimitedLikeABody(String method, String target) {
        assertThat(answerTo(method + " " + target + "&".repeat(262_000)
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("{\"error\":\"Body and query must each have at most 1000 pieces separated by &\"}");
    }

    @Test
    void announcedBodyIsRejectedAtItsHead() {
        for (int client = 0; client < 12; client++) {
            assertThat(answerTo(START + "Content-Length: 9500000\r\n\r\nSaleData="))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith(BODY_TOO_LARGE);
        }
    }

    @Test
    void bodyWithoutALengthIsRejectedAtTheLimit() {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        assertThat(answerTo(START + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(65)))
                .startsWith("HTTP/1.1 413 ")
                .endsWith(BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"20000, HTTP/1.1 431", "10000, HTTP/1.1 404"})
    void headersAreLimited(int length, String status) {
        assertThat(answerTo("GET /POS/Nothing HTTP/1.1\r\nHost: x\r\nX-Header: " + "x".repeat(length) + "\r\n\r\n"))
                .startsWith(status + " ");
    }

    @Test
    void requestLineIsLimited() {
        try (RawConnection client = RawConnection.to(service)) {
            client.sendAsMuchAsPossible("GET /POS/Nothing?" + "x".repeat(300_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("}")).containsPattern("^HTTP/1\\.[01] 414 ");
        }
    }

    @Test
    void http2IsNotSpoken() {
        String upgrade = String.join(
                "\r\n",
                "GET /POS/Nothing HTTP/1.1",
                "Host: x",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "",
                "");
        assertThat(answerTo(upgrade)).startsWith("HTTP/1.1 404 ");

        try (RawConnection client = RawConnection.to(service)) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").awaitEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, /POS/Transaction, 200",
        "POST, /POS/Transaction, 400",
        "GET, /POS/Transaction/1, 401",
        "GET, /POS/Nothing, 404",
        "PUT, /POS/Transaction, 404"
    })
    void answerIsNotStored(String method, String path, int status) {
        assertThat(answerTo(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
                .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n");
    }

    private String answerTo(String request) {
        try (RawConnection client = RawConnection.to(service)) {
            return client.send(request).readUntil("}");
        }
    }

    private static Arguments form(String body, String status, String error) {
        return Arguments.of("Content-Length: " + body.length() + "\r\n", body, status, error);
    }

    private static Arguments json(String body, String status, String error) {
        return Arguments.of(
                "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body, status, error);
    }

    private static Arguments charset(String name) {
        return Arguments.of(
                "Content-Type: application/x-www-form-urlencoded; charset=" + name + "\r\nContent-Length: 3\r\n",
                "a=+",
                "415",
                "The charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII, was " + name);
    }
}
