package dev.terminalcloud.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers for browsers are in each response, errors and pre-flights included. */
@QuarkusTest
class BrowserHeadersTest {
    @Inject
    Http http;

    @ParameterizedTest
    @CsvSource({
        "PUT, /POS/Pairing/00000000",
        "OPTIONS, /POS/Pairing/00000000",
        "GET, /POS/Pairing/00000000",
        "GET, /nowhere",
        "GET, /admin/devices"
    })
    void responseIsNothingButData(String method, String path) {
        HttpHeaders headers = http.send(method, path, BodyPublishers.noBody()).headers();

        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Strict-Transport-Security"))
                .containsExactly("max-age=31536000; includeSubDomains");
    }
}
