package dev.terminalcloud.transaction;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers for browsers are in each response, errors and pre-flights included. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class BrowserHeadersTest {
    @Inject
    TestFixtures shop;

    @ParameterizedTest
    @CsvSource({
        "POST, /POS/Transaction",
        "GET, /pos/transaction/00000000-0000-0000-0000-000000000000",
        "OPTIONS, /POS/Transaction",
        "DELETE, /POS/Transaction",
        "GET, /POS/nowhere",
        "GET, /nowhere",
        "GET, /admin/audit"
    })
    void responseIsNothingButData(String method, String path) {
        FakeRegister register = shop.register();

        HttpHeaders headers = register.sendsRaw(register.request(path).method(method, noBody()))
                .headers();

        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Strict-Transport-Security"))
                .containsExactly("max-age=31536000; includeSubDomains");
    }
}
