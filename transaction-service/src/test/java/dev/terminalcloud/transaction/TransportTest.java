package dev.terminalcloud.transaction;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport rules: what is accepted, and that every response is JSON that pages of any origin may read. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransportTest {
    @Inject
    TestFixtures shop;

    @ParameterizedTest
    @CsvSource({
        "PATCH, /POS/Transaction",
        "PUT, /POS/Transaction",
        "DELETE, /pos/transaction/x",
        "PATCH, /pos/transaction/x",
        "GET, /POS/Nothing",
        "GET, /POS",
        "GET, /pos/transaction/x/y/z"
    })
    void wrongMethodOrUnknownPathIs404(String method, String path) {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request(path).method(method, noBody()));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.error()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"POST, /POS/Transaction/, 400", "GET, /POS/Transaction/1/, 401"})
    void oneTrailingSlashIsIgnored(String method, String path, int status) {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request(path).method(method, noBody()));
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/x-www-form-urlencoded",
                "*",
                "text/html;q=x,,",
                "image/png, text/*;q=0.5"
            })
    void responseIsJsonRegardlessOfAccept(String accepted) {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request("/pos/transaction/1")
                .header("Accept", accepted)
                .GET());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.error()).isEqualTo("Invalid token");
    }

    @Test
    void bodyOverTheLimitIs413() {
        FakeRegister register = shop.register();
        Answer answer = register.sends(
                register.request("/POS/Transaction").POST(ofString("SaleData=" + "x".repeat(256 * 1024))));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error()).isEqualTo("The body is larger than 256 KiB");
    }

    @Test
    void chunkedBodyOverTheLimitIs413() {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request("/POS/Transaction")
                .POST(ofInputStream(() -> new ByteArrayInputStream(new byte[2 * 1024 * 1024]))));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error()).isEqualTo("The body is larger than 256 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-2022-CN", "x-JISAutoDetect", "utf-16", "IBM037", "Shift_JIS"})
    void otherCharsetIs415(String charset) {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=" + charset)
                .POST(ofString(FormBody.encode(register.purchase(500)) + "+")));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error()).startsWith("The charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII, was ");
    }

    @Test
    void multipartIs415() {
        FakeRegister register = shop.register();
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(ofString("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n")));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error()).isEqualTo("The body must be a form or JSON, was multipart/form-data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "&&", "&debug", "&debug&", "& ", "&\r\n", "& Chips", "&M"})
    void strayPiecesBehindTheAmountAreIgnored(String stray) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        String form = FormBody.encode(register.purchase(500)).replace("&", "&&") + stray;
        Answer answer = register.sends(register.request("/POS/Transaction").POST(ofString(form)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data("AmountTotal")).isEqualTo("500");
    }

    @Test
    void strayPiecesBehindTheTokenAreIgnored() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        String url = "/pos/transaction/" + started.transactionId() + "%s?&merchantAccessToken=" + started.token()
                + "&debug&";
        assertThat(register.gets(url.formatted("")).status()).isEqualTo(200);
        assertThat(register.sends(register.request(url.formatted("/cancel")).POST(noBody()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void deviceGetsSaleDataWithoutByteOrderMark() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.put("SaleData", "\uFEFF{\"version\":\"1.0.0\"}");
        assertThat(register.posts(parameters).status()).isEqualTo(200);
        assertThat(device.awaitCommand(OfferTransaction.class, offer -> true).saleData())
                .isEqualTo("{\"version\":\"1.0.0\"}");
    }

    @ParameterizedTest
    @CsvSource({"body", "query"})
    void saleDataOf64KibPassesInEitherPlace(String place) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        String saleData = "{\"version\":\"1.0.0\",\"note\":\"" + "ü/&=\\\"".repeat(8 * 1024) + "\"}";
        parameters.put("SaleData", saleData);
        String form = FormBody.encode(parameters);
        Answer answer = register.sends(
                place.equals("body")
                        ? register.request("/POS/Transaction").POST(ofString(form))
                        : register.request("/POS/Transaction?" + form).POST(noBody()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(device.awaitCommand(OfferTransaction.class, offer -> true).saleData())
                .isEqualTo(saleData);
    }

    @ParameterizedTest
    @CsvSource({"POST, /POS/Transaction", "GET, /pos/transaction/x", "GET, /POS/Nothing", "PUT, /POS/Transaction"})
    void everyAnswerMayBeReadByPagesOfAnyOrigin(String method, String path) {
        FakeRegister register = shop.register();
        HttpResponse<String> response = register.sendsRaw(
                register.request(path).header("Origin", "https://pos.example").method(method, noBody()));
        assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("Pairing-Token, Retry-After");
    }

    @Test
    void preflightIsAnswered() {
        FakeRegister register = shop.register();
        HttpResponse<String> response = register.sendsRaw(register.request("/POS/Transaction")
                .header("Origin", "https://pos.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValue("GET, PUT, POST, DELETE");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("Content-Type, Idempotency-Key, Pairing-Token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "traceparent                   | Content-Type, Idempotency-Key, Pairing-Token, traceparent",
                "content-type,x-requested-with | Content-Type, Idempotency-Key, Pairing-Token, content-type,x-requested-with",
                "\"not a name\"                | Content-Type, Idempotency-Key, Pairing-Token",
                "a;b                           | Content-Type, Idempotency-Key, Pairing-Token"
            })
    void preflightAllowsTheHeadersThatAClientAsksFor(String requested, String allowed) {
        FakeRegister register = shop.register();
        HttpResponse<String> response = register.sendsRaw(register.request("/POS/Transaction")
                .header("Origin", "https://pos.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", requested)
                .method("OPTIONS", noBody()));

        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue(allowed);
        assertThat(response.headers().firstValue("Vary")).hasValue("Access-Control-Request-Headers");
    }

    @Test
    void invalidContentTypeIsReadAsAForm() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "form")
                .POST(ofString(FormBody.encode(register.purchase(500)))));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void bodyMayHaveRawSpacesAndReservedCharacters() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        String raw = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(ofString(raw)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data("PosVendor")).isEqualTo(register.vendor());
        assertThat(answer.data("PosBusinessName")).isEqualTo(register.business());
    }
}
