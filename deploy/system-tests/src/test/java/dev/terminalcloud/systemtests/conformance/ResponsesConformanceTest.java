package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertError;
import static dev.terminalcloud.systemtests.conformance.Expected.assertJson;
import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertStarted;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static dev.terminalcloud.virtualregister.PosRequests.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Section 1: properties of every response, and the size limit of requests. */
@Conformance
class ResponsesConformanceTest {
    private static final int MAX_BODY_BYTES = 256 * 1024;
    private static final int LONG_SALE_DATA = 64 * 1024;

    private final TargetSystem cloud;

    ResponsesConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.ALWAYS_JSON)
    void everyErrorIsJson() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            PolledTransaction payment = PolledTransaction.start(register, NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);

            assertError(register.start(register.names()), 400);
            assertError(polls(register, "Transaction/1?merchantAccessToken=1"), 401);
            assertError(polls(register, "Unknown"), 404);
            assertError(polls(register, "Transaction"), 400);
            assertError(sendsBody(register, MAX_BODY_BYTES + 1), 413);
            assertError(register.startPurchase(500), 429);

            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.SUCCESS_IS_200)
    void everySuccessIsExactly200() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            Answer paired = register.pair(shop.pairingCode());
            Answer started = register.startPurchase(500);
            Answer polled = register.poll(started);
            PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
            Map<String, String> synchronous = register.purchase(500);
            synchronous.remove("TransactionMode");
            Answer held = register.start(synchronous);

            for (Answer answer : List.of(paired, started, polled, held)) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertJson(answer);
            }
        }
    }

    @Proves(Row.CORS)
    void pagesOfAnyOriginMayReadEveryResponse() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            HttpRequest.Builder pairing = form(register.url("Pairing/" + shop.pairingCode()))
                    .PUT(BodyPublishers.ofString(encode(register.names())));
            HttpRequest.Builder start =
                    form(register.url("Transaction")).POST(BodyPublishers.ofString(encode(register.purchase(500))));
            Answer paired = fromPage(register, pairing);
            Answer started = fromPage(register, start);
            PolledTransaction.of(register, started).awaitCompleted(TIMEOUT);
            List<Answer> answers = List.of(
                    paired,
                    started,
                    fromPage(register, HttpRequest.newBuilder(started.pollingUrl())),
                    fromPage(register, HttpRequest.newBuilder(register.url("Unknown"))),
                    fromPage(register, HttpRequest.newBuilder(register.url("Transaction"))),
                    fromPage(register, HttpRequest.newBuilder(register.url("Transaction/1"))),
                    fromPage(register, form(register.url("Transaction")).POST(BodyPublishers.noBody())),
                    fromPage(register, bodyOf(register, MAX_BODY_BYTES + 1)));

            for (Answer answer : answers) {
                assertThat(answer.header("Access-Control-Allow-Origin"))
                        .as(answer.toString())
                        .isIn("*", "https://till.example");
            }
        }
    }

    @Proves(Row.PRE_FLIGHT)
    void preflightAllowsTheDocumentedHeaders() {
        VirtualRegister register = cloud.register();
        for (String path : List.of("Pairing/12345678", "Pairing", "Transaction", "Transaction/1")) {
            for (String method : List.of("PUT", "POST", "GET", "DELETE")) {
                Answer answer = fromPage(
                        register,
                        HttpRequest.newBuilder(register.url(path))
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("Access-Control-Request-Method", method)
                                .header(
                                        "Access-Control-Request-Headers",
                                        "content-type,idempotency-key,pairing-token"));

                assertThat(answer.status()).as(path + " " + answer).isEqualTo(200);
                assertThat(listed(answer, "Access-Control-Allow-Methods")).contains("put", "post", "get", "delete");
                assertThat(listed(answer, "Access-Control-Allow-Headers"))
                        .contains("content-type", "idempotency-key", "pairing-token");
                assertThat(answer.header("Access-Control-Allow-Origin")).isIn("*", "https://till.example");
            }
        }
    }

    @Proves(Row.EXPOSED_HEADERS)
    void pagesMaySeeTheHeadersOfOurs() throws Exception {
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register();
            Answer paired = fromPage(
                    register,
                    form(register.url("Pairing/" + shop.pairingCode()))
                            .PUT(BodyPublishers.ofString(encode(register.names()))));

            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);
            assertThat(listed(paired, "Access-Control-Expose-Headers")).contains("pairing-token", "retry-after");
        }
    }

    @Proves(Row.BODY_LIMIT)
    void bodyMayHave256KiBAndNotMore() {
        VirtualRegister register = cloud.register();

        assertNames(sendsBody(register, MAX_BODY_BYTES), "TransactionType");
        assertError(sendsBody(register, MAX_BODY_BYTES + 1), 413);
        URI pairing = register.url("Pairing/1");
        assertError(register.send(form(pairing).PUT(BodyPublishers.ofString("x".repeat(MAX_BODY_BYTES + 1)))), 413);
    }

    @Proves(Row.SALE_DATA_LIMIT)
    void saleDataOf64KiBPassesEverywhere() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            String saleData = SaleDocuments.ofLength(LONG_SALE_DATA);
            Map<String, String> purchase = register.purchase(500);
            purchase.put("SaleData", saleData);

            Answer inBody = register.start(purchase);
            assertStarted(inBody);
            assertThat(PolledTransaction.of(register, inBody)
                            .awaitCompleted(TIMEOUT)
                            .data("SaleData"))
                    .isEqualTo(saleData);
            URI withQuery = URI.create(register.url("Transaction") + "?" + encode(purchase));
            Answer inQuery = register.send(form(withQuery).POST(BodyPublishers.noBody()));
            assertStarted(inQuery);
            assertThat(PolledTransaction.of(register, inQuery)
                            .awaitCompleted(TIMEOUT)
                            .data("SaleData"))
                    .isEqualTo(saleData);
        }
    }

    private static Answer polls(VirtualRegister register, String path) {
        return register.send(HttpRequest.newBuilder(register.url(path)));
    }

    private static Answer sendsBody(VirtualRegister register, int length) {
        return register.send(bodyOf(register, length));
    }

    /** Returns the names, and an unknown parameter that makes the body this long. */
    private static HttpRequest.Builder bodyOf(VirtualRegister register, int length) {
        String names = encode(register.names()) + "&Padding=";
        return form(register.url("Transaction"))
                .POST(BodyPublishers.ofString(names + "x".repeat(length - names.length())));
    }

    private static Answer fromPage(VirtualRegister register, HttpRequest.Builder request) {
        return register.send(request.header("Origin", "https://till.example"));
    }

    private static List<String> listed(Answer answer, String header) {
        return Arrays.stream(answer.header(header).toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
    }
}
