package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The tills of {@code deploy/pos-api/examples}, which people copy: each language in each situation. */
@Tag("slow")
@ExtendWith(OneStack.class)
class TillExamplesTest {
    private static final String APPROVED = "500";
    private static final String DECLINED = "551";
    private static final String PAID = "PAID 500 AuthId=\\d+";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Shops shops;

    @TempDir
    private Path folder;

    TillExamplesTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void approvedPurchaseIsPaid(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder);
                ExampleProgram till = pay(example, shop, "--amount", APPROVED)) {
            assertThat(till.lastLine()).as("%s", till).matches(PAID);
        }
    }

    @ParameterizedTest
    @EnumSource
    void purchaseIsRefundedAndNotMoreThanIsLeft(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder);
                ExampleProgram purchase = pay(example, shop, "--amount", APPROVED)) {
            String id = purchase.awaitLine("started ");
            assertThat(purchase.lastLine()).as("%s", purchase).matches(PAID);
            try (ExampleProgram refund = example.pay(folder, options(shop, "--amount", "200", "--refund-of", id))) {
                assertThat(refund.lastLine()).as("%s", refund).matches("REFUNDED 200 AuthId=\\d+");
            }
            try (ExampleProgram tooMuch = example.pay(folder, options(shop, "--amount", "301", "--refund-of", id))) {
                assertThat(tooMuch.lastLine())
                        .as("%s", tooMuch)
                        .isEqualTo(
                                "NOT STARTED AmountTotal must be at most 300, which is left of the original transaction");
            }
            assertThat(shop.ran()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void declinedPurchaseIsNotPaid(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder);
                ExampleProgram till = pay(example, shop, "--amount", DECLINED)) {
            assertThat(till.lastLine()).as("%s", till).isEqualTo("NOT PAID OK-DECLINED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostAnswerIsOneTransaction(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder);
                ExampleProgram till = pay(example, shop, "--amount", APPROVED, "--lose-answers", "1")) {
            assertThat(till.lastLine()).as("%s", till).matches(PAID);
            assertThat(till.lines()).contains("no answer, asking again");
            assertOneTransaction(shop, till.awaitLine("sale "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void paymentIsFoundAfterACrash(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, TillExamplesTest::withSlowCustomer);
                ExampleProgram crashed = pay(example, shop, "--amount", APPROVED)) {
            crashed.awaitLine("started ");
            crashed.kill();
            String sale = crashed.awaitLine("sale ");
            awaitPayment(shop);
            try (ExampleProgram till = example.pay(folder, options(shop, "--amount", APPROVED, "--reference", sale))) {
                till.awaitLine("started ");
                shop.device().endPayment(Ending.APPROVE);
                assertThat(till.lastLine()).as("%s", till).matches(PAID);
            }
            assertOneTransaction(shop, sale);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutConnectionIsOneTransaction(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder);
                UnreliableGateway gateway = new UnreliableGateway(shops.site().http());
                ExampleProgram till = pay(example, shop, "--amount", APPROVED, "--url", gateway.url())) {
            assertThat(till.lastLine()).as("%s", till).matches(PAID);
            assertThat(gateway.starts()).isEqualTo(3);
            assertOneTransaction(shop, till.awaitLine("sale "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cashierCancels(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, TillExamplesTest::withSlowCustomer);
                ExampleProgram till = pay(example, shop, "--amount", APPROVED, "--cancel-after", "2")) {
            assertThat(till.lastLine()).as("%s", till).isEqualTo("NOT PAID CANCELLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void delayedPurchaseIsPaidWhenTheDeviceReconnects(TillExample example) throws Exception {
        example.assumeInstalled();
        try (Shop shop = shops.unpaired(Transport.TCP, TillExamplesTest::withSlowCustomer);
                ExampleProgram till = pay(example, shop, "--amount", APPROVED)) {
            awaitPayment(shop);
            shop.device().unplugNetwork();
            await().atMost(TIMEOUT).until(() -> till.toString().contains("OK-DELAYED"));
            assertThat(till.process().isAlive()).isTrue();
            shop.device().plugNetwork();
            shop.device().endPayment(Ending.APPROVE);

            assertThat(till.lastLine()).as("%s", till).matches(PAID);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CURL")
    void callbackIsVerifiedAndForgedOnesAreRefused(TillExample example) throws Exception {
        example.assumeInstalled();
        int port = LocalStack.freePort();
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        try (Shop shop = shops.unpaired(Transport.TCP, TillExamplesTest::withSlowCustomer);
                ExampleProgram receiver = example.receiveCallbacks(folder, port, store());
                ExampleProgram till = pay(example, shop, "--amount", APPROVED, "--callback-url", url.toString())) {
            String id = till.awaitLine("started ");
            String token = Files.readString(store().resolve(id)).strip();
            Instant now = Instant.now();
            String body = "{\"transactionId\":\"%s\",\"data\":{\"TransactionResult\":\"OK-ACCEPTED\"}}".formatted(id);
            await().ignoreExceptions()
                    .atMost(TIMEOUT)
                    .until(() -> callback(url, id, now, sign("guessed", id, now, body), body), status -> status == 401);
            Instant old = now.minus(Duration.ofMinutes(6));
            assertThat(callback(url, id, old, sign(token, id, old, body), body)).isEqualTo(401);
            assertThat(callback(url, id, now, sign(token, id, now, body + " "), body))
                    .isEqualTo(401);
            assertThat(callback(url, "../pairing-token", now, "v1,", body)).isEqualTo(401);
            assertThat(receiver.toString()).doesNotContain("VERIFIED");

            awaitPayment(shop);
            shop.device().endPayment(Ending.APPROVE);
            assertThat(till.lastLine()).as("%s", till).matches(PAID);
            assertThat(receiver.awaitLine("VERIFIED OK-ACCEPTED ")).isEqualTo(id);
        }
    }

    /** The customer does not pay before the test ends the payment. */
    private static VirtualDeviceBuilder withSlowCustomer(VirtualDeviceBuilder device) {
        return device.timing(Timing.PROTOCOL.withPayment(Duration.ofHours(1)));
    }

    /** Waits until the device has shown the payment to its customer. */
    private static void awaitPayment(Shop shop) {
        await().atMost(TIMEOUT).until(() -> !shop.ran().isEmpty());
    }

    /** Pairs the register and starts a payment. */
    private ExampleProgram pay(TillExample example, Shop shop, String... options) throws Exception {
        List<String> all = new ArrayList<>(options(shop, options));
        all.addAll(List.of("--code", shop.pairingCode()));
        return example.pay(folder, all);
    }

    private List<String> options(Shop shop, String... others) {
        Map<String, String> names = shop.register().names();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--url", shops.site().http().toString());
        options.put("--register", names.get("POSRegisterID"));
        options.put("--name", names.get("POSRegisterName"));
        options.put("--business", names.get("POSBusinessName"));
        options.put("--vendor", names.get("POSVendorName"));
        options.put("--store", store().toString());
        for (int i = 0; i < others.length; i += 2) {
            options.put(others[i], others[i + 1]);
        }
        return options.entrySet().stream()
                .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
                .toList();
    }

    private Path store() {
        return folder.resolve("store");
    }

    private void assertOneTransaction(Shop shop, String sale) throws IOException {
        Map<String, String> parameters = shop.register().names();
        parameters.put("POSReferenceID", sale);
        String token = Files.readString(store().resolve("pairing-token")).strip();
        Answer found = shop.register().send(shop.register().requests().list(parameters, token));

        assertThat(found.body().path("transactions")).as(found.text()).hasSize(1);
        assertThat(shop.ran()).hasSize(1);
    }

    private static int callback(URI url, String id, Instant time, String signature, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static String sign(String token, String id, Instant time, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((id + "." + time.getEpochSecond() + "." + body).getBytes(UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(signature);
    }
}
