package dev.terminalcloud.virtualregister;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualRegisterTest {
    private static final String NAMES =
            "POSRegisterID=till+1&POSRegisterName=Till&POSBusinessName=Caf%C3%A9+%26+S%C3%B6hne&POSVendorName=Vendor";

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private HttpServer cloud;
    private VirtualRegister register;

    @BeforeEach
    void start() throws IOException {
        cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloud.createContext("/", this::answer);
        cloud.start();
        register = new VirtualRegister(
                PosClient.open(),
                URI.create("http://127.0.0.1:" + cloud.getAddress().getPort()),
                RegisterNames.of("till 1", "Till", "Café & Söhne", "Vendor"));
    }

    @AfterEach
    void stop() {
        cloud.stop(0);
    }

    @Test
    void pairingKeepsTheToken() {
        answers.add("{\"result\":\"success\"}");

        Answer answer = register.pair("12345678");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(register.pairingToken()).isEqualTo("token-1");
        assertThat(received).containsExactly("PUT /POS/Pairing/12345678 - - " + NAMES);
    }

    @Test
    void behindAnotherAddressPollingUrlsHaveIt() throws Exception {
        URI gateway = URI.create("http://127.0.0.1:" + cloud.getAddress().getPort());
        PosClient client = PosClient.open().behind(gateway, URI.create("https://pay.example/"));
        answers.add(
                "{\"data\":{\"PollingUrl\":\"https://pay.example/pos/1\",\"SaleData\":\"https://pay.example/pos/1\"}}");

        Answer answer = client.exchange(HttpRequest.newBuilder(gateway));

        assertThat(answer.pollingUrl()).isEqualTo(gateway.resolve("/pos/1"));
        assertThat(answer.data("SaleData")).isEqualTo("https://pay.example/pos/1");
    }

    @Test
    void registerOfStrictVendorSendsItsToken() {
        answers.addAll(List.of("{}", "{}"));
        VirtualRegister strict = register.ofStrictVendor("Strict");
        strict.pair("12345678");

        strict.start(strict.transaction("Card.Purchase", Map.of("AmountTotal", "500")), "key-1");

        assertThat(received)
                .last()
                .isEqualTo("POST /POS/Transaction token-1 key-1 " + NAMES.replace("=Vendor", "=Strict")
                        + "&TransactionMode=ASYNC&TransactionType=Card.Purchase&AmountTotal=500");
    }

    @Test
    void transactionIsPolledUntilItHasEnded() throws Exception {
        String url = register.url("/pos/transaction/1?merchantAccessToken=2").toString();
        answers.addAll(List.of(
                "{\"data\":{\"PollingUrl\":\"" + url + "\"}}",
                "{\"transactionStatus\":\"PENDING\"}",
                "{\"transactionStatus\":\"COMPLETED\"}"));

        Answer ended = PosClient.open().pollUntilCompleted(register.startPurchase(500), Duration.ofMillis(1));

        assertThat(ended.isCompleted()).isTrue();
        assertThat(received).hasSize(3).last().isEqualTo("GET /pos/transaction/1?merchantAccessToken=2 - - ");
    }

    @Test
    void answerThatIsNotJsonIsAText() {
        answers.add("not found");

        assertThat(register.startPurchase(500).body().asText()).isEqualTo("not found");
    }

    @Test
    void missingAnswerIsAnError() {
        cloud.stop(0);

        assertThatThrownBy(() -> register.startPurchase(500)).isInstanceOf(UncheckedIOException.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add("%s %s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        header(exchange, PosRequests.PAIRING_TOKEN),
                        header(exchange, PosRequests.IDEMPOTENCY_KEY),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        byte[] answer = answers.remove().getBytes(UTF_8);
        if (exchange.getRequestMethod().equals("PUT")) {
            exchange.getResponseHeaders().add(PosRequests.PAIRING_TOKEN, "token-1");
        }
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().containsKey(name)
                ? exchange.getRequestHeaders().getFirst(name)
                : "-";
    }
}
