package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The part of a POS that receives callbacks. */
final class CallbackReceiver implements AutoCloseable {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final PosDefect defect;
    private final Map<String, String> tokens;
    private final Consumer<JsonNode> verified;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /**
     * Listens on a free port.
     *
     * @param tokens the tokens of transactions, by id
     * @param verified takes the content of verified callbacks
     */
    CallbackReceiver(PosDefect defect, Map<String, String> tokens, Consumer<JsonNode> verified) {
        this.defect = defect;
        this.tokens = tokens;
        this.verified = verified;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        boolean forGood = defect == PosDefect.REFUSES_AN_ID_FOR_GOOD && refused.contains(id);
        boolean taken = !forGood && tokens.containsKey(id) && isGenuine(exchange, id, body);
        if (taken) {
            verified.accept(JSON.readTree(body));
        } else {
            refused.add(id);
        }
        exchange.sendResponseHeaders(taken ? 200 : 401, -1);
        exchange.close();
    }

    private boolean isGenuine(HttpExchange exchange, String id, String body) {
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        Duration age = Duration.between(
                        Instant.ofEpochSecond(Long.parseLong(time)),
                        Clock.systemUTC().instant())
                .abs();
        boolean isNew = defect == PosDefect.VERIFIES_NO_TIMESTAMP || age.compareTo(MAX_AGE) < 0;
        return isNew
                && (defect == PosDefect.VERIFIES_NO_SIGNATURE
                        || signature.equals(sign(tokens.get(id), id + "." + time + "." + body)));
    }

    private static String sign(String token, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
