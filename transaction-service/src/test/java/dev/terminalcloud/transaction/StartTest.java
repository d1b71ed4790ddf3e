package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Start of a transaction by a register, and each reason to reject it. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class StartTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void answersWithTheEnvelopeOfTheContract() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer answer = register.pays(500);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.body().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "transactionId",
                        "transactionTimeStamp",
                        "merchantId",
                        "deviceId",
                        "transactionStatus",
                        "merchantAccessToken",
                        "version",
                        "data");
        assertThat(answer.body().path("transactionTimeStamp").asText()).matches("20[0-9]{16}");
        assertThat(answer.body().path("deviceId").asText()).isEqualTo(device.id());
        assertThat(answer.body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(answer.data("PosVendor")).isEqualTo(register.vendor());
        assertThat(answer.data("PosRegisterID")).isEqualTo(register.id());
        assertThat(answer.data("PosBusinessName")).isEqualTo(register.business());
        assertThat(answer.data("AmountTotal")).isEqualTo("500");
        assertThat(answer.data("DeviceID")).isEqualTo(device.id());
        assertThat(answer.data("Function")).isEqualTo("Card.Purchase");
        assertThat(answer.data("PollingUrl"))
                .isEqualTo("http://gateway.test/pos/transaction/" + answer.transactionId() + "?merchantAccessToken="
                        + answer.token());
    }

    @Test
    void merchantIdIsTheSameForAllRegistersOfABusiness() {
        FakeRegister one = shop.register();
        FakeRegister other = shop.register();
        shop.pairedDeviceOf(one);
        shop.pairedDeviceOf(other);
        assertThat(one.pays(500).body().path("merchantId"))
                .isEqualTo(other.pays(500).body().path("merchantId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/POS/Transaction", "/pos/transaction", "/Pos/TRANSACTION", "/POS/Transaction/"})
    void pathIsFoundInAnyCaseAndWithASlash(String path) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer answer = register.sends(register.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString(FormBody.encode(register.purchase(500)))));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void parametersMayAllBeInTheQueryOfAnEmptyRequest() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer answer = register.sends(register.request("/POS/Transaction?" + FormBody.encode(register.purchase(500)))
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data("PosBusinessName")).isEqualTo(register.business());
    }

    @Test
    void parametersMayBeJson() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(FakeRegister.json(register.purchase(500)))));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void contentTypeDoesNotMatter() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer answer = register.sends(register.request("/POS/Transaction")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(FormBody.encode(register.purchase(500)))));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void unpairedRegisterIsRejected() {
        assertNotPaired(shop.register().pays(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSRegisterID", "POSBusinessName", "POSVendorName"})
    void eachOfTheThreeNamesMustBeAsItWasPaired(String name) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.merge(name, " ", String::concat);
        assertNotPaired(register.posts(parameters));
    }

    @Test
    void pairingLookupWaitsForARecentPairing() {
        FakeRegister register = shop.register();
        CompletableFuture<Answer> answer = register.postsAsync(register.purchase(500));
        shop.device().pairedWith(register, 1, 1);
        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void pairingThatIsNotItsDevicesNewestDoesNotCount() {
        FakeRegister previous = shop.register();
        FakeRegister current = shop.register();
        FakeDevice device = shop.pairedDeviceOf(previous).pairedWith(current, 1, 2);
        awaitTrue(() -> shop.count("pairing where register_id = $1", Tuple.of(current.id())) == 1);
        assertNotPaired(previous.pays(500));
        assertThat(current.pays(500).body().path("deviceId").asText()).isEqualTo(device.id());
    }

    @Test
    void olderStateOfARegisterThatArrivesLateChangesNothing() {
        FakeRegister register = shop.register();
        FakeDevice current = shop.device().pairedWith(register, 2, 1);
        awaitTrue(() -> shop.count("pairing where register_id = $1", Tuple.of(register.id())) == 1);
        FakeDevice previous = shop.device().pairedWith(register, 1, 1);
        awaitTrue(() -> shop.count("paired_device where device_id = $1", Tuple.of(previous.id())) == 1);
        assertThat(register.pays(500).body().path("deviceId").asText()).isEqualTo(current.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            POSRegisterID     |                 | POSRegisterID is missing
            POSBusinessName   |                 | POSBusinessName is missing
            POSVendorName     |                 | POSVendorName is missing
            TransactionType   |                 | TransactionType is missing
            TransactionType   | Card.Steal      | Unknown TransactionType: Card.Steal
            TransactionType   | card.purchase   | Unknown TransactionType: card.purchase
            AmountTotal       |                 | AmountTotal is missing
            AmountTotal       | 0               | AmountTotal must be an integer number of cents from 1 to 999999999, digits only
            AmountTotal       | -5              | AmountTotal must be an integer number of cents from 1 to 999999999, digits only
            AmountTotal       | 5.00            | AmountTotal must be an integer number of cents from 1 to 999999999, digits only
            AmountTotal       | 1000000000      | AmountTotal must be an integer number of cents from 1 to 999999999, digits only
            AmountTotal       | ٥               | AmountTotal must be an integer number of cents from 1 to 999999999, digits only
            SaleData          | {"version":     | SaleData is not valid JSON
            SaleData          | {} {}           | SaleData is not valid JSON
            """)
    void refusalNamesTheParameterAndTheRule(String name, String value, String error) {
        FakeRegister register = shop.register();
        Map<String, String> parameters = register.purchase(500);
        parameters.put(name, value == null ? "" : value);
        Answer answer = register.posts(parameters);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith(error);
    }

    @Test
    void incompleteSaleDataIsPassedOnAndCounted() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        double before = incompleteSaleData();
        Map<String, String> parameters = register.purchase(500);
        parameters.put("SaleData", "{\"version\":\"1.0.0\",\"saleData\":{\"totalTax\":\"0\"}}");
        assertThat(register.posts(parameters).status()).isEqualTo(200);
        assertThat(device.awaitCommand(OfferTransaction.class, offer -> true).saleData())
                .isEqualTo(parameters.get("SaleData"));
        assertThat(incompleteSaleData()).isGreaterThan(before);
    }

    private double incompleteSaleData() {
        return metrics.get("transaction.sale.data.incomplete")
                .tag("missing", "total_amount")
                .counter()
                .count();
    }

    @Test
    void refusalOfNulNamesTheParameter() {
        FakeRegister register = shop.register();
        Map<String, String> parameters = register.purchase(500);
        parameters.put("POSBusinessName", "a\0b");
        Answer answer = register.posts(parameters);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("POSBusinessName must not contain U+0000");
    }

    @Test
    void deviceThatIsBusyTakesNoSecondTransaction() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        assertThat(register.pays(500).status()).isEqualTo(200);
        Answer second = register.pays(500);
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.error()).isEqualTo("device is busy");
    }

    @Test
    void deviceTakesOneOfManyRequestsAtTheSameTime() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        List<CompletableFuture<Answer>> requests = Stream.generate(() -> register.postsAsync(register.purchase(500)))
                .limit(20)
                .toList();
        assertThat(requests.stream().map(request -> request.join().status()))
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .hasSize(19)
                .containsOnly(429);
        assertThat(shop.count("transaction where device_id = $1", Tuple.of(device.id())))
                .isEqualTo(1);
    }

    @Test
    void disconnectedClientDoesNotAffectTheTransaction() throws IOException {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        String body = FormBody.encode(register.purchase(500));
        try (Socket socket =
                new Socket("localhost", register.request("/").build().uri().getPort())) {
            socket.getOutputStream()
                    .write(("POST /POS/Transaction HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length()
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + body)
                            .getBytes(US_ASCII));
            socket.getOutputStream().flush();
            socket.setSoLinger(true, 0);
        }
        awaitTrue(() -> shop.count("transaction where device_id = $1", Tuple.of(device.id())) == 1);
        device.connected();
        device.awaitCommand(OfferTransaction.class, offer -> true);
    }

    private static void assertNotPaired(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("This register is not paired to a device, please pair it first.");
    }
}
