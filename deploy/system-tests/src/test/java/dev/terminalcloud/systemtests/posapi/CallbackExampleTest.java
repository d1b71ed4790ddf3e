package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The callback is as documented, and its signature can be checked as documented. */
@ExtendWith(OneStack.class)
class CallbackExampleTest {
    private final RegisterFactory registers;

    /** A callback that the POS received. */
    private record Notice(String method, Headers headers, String body) {}

    CallbackExampleTest(Shops shops) {
        this.registers = new RegisterFactory(shops);
    }

    @Test
    void callbackIsAsDocumented() throws Exception {
        BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
        HttpServer pos = listen(notices);
        try (TestRegister register = registers.create().paired()) {
            String url =
                    "http://127.0.0.1:%d/done?sale=1".formatted(pos.getAddress().getPort());
            Reply started = register.start(
                    Form.FORM, register.with("startTransaction", "purchase", "PosNotificationCallbackUrl", url));
            Notice notice = notices.poll(30, SECONDS);

            assertThat(notice).isNotNull();
            assertThat(notice.method()).isEqualTo("POST");
            assertBody(PosApi.json(notice.body()));
            assertHeaders(notice, started);
        } finally {
            pos.stop(0);
        }
    }

    private static void assertBody(JsonNode body) {
        DocumentedBody documented =
                DocumentedBody.of(PosApi.COMMITTED.callback().at("/requestBody/content/application~1json"));
        documented.assertFits(PosApi.COMMITTED.callbackExample());
        documented.assertFits(body);
        documented.assertIsLike(PosApi.COMMITTED.callbackExample(), body);
    }

    private static void assertHeaders(Notice notice, Reply started) throws GeneralSecurityException {
        for (JsonNode parameter : PosApi.COMMITTED.callback().path("parameters")) {
            String value = notice.headers().getFirst(parameter.path("name").asText());
            assertThat(value).as(parameter.path("name").asText()).isNotNull();
            DocumentedBody.of(parameter).assertFits(TextNode.valueOf(value));
        }
        String token = started.body().path("merchantAccessToken").asText();
        String signed = notice.headers().getFirst("webhook-id")
                + "."
                + notice.headers().getFirst("webhook-timestamp")
                + "."
                + notice.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
        assertThat(notice.headers().getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    }

    private static HttpServer listen(BlockingQueue<Notice> notices) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/done", exchange -> take(exchange, notices));
        server.start();
        return server;
    }

    private static void take(HttpExchange exchange, BlockingQueue<Notice> notices) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        notices.add(new Notice(exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
