import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives callbacks: {@code java Callback.java PORT STORE}, with the store of Till.java. Without libraries. */
final class Callback {
    private static final String TRANSACTION_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern RESULT = Pattern.compile("\"TransactionResult\":\"([A-Z-]+)\"");
    private static final long MAX_AGE_SECONDS = 300;

    /** Returns whether the transaction's token has signed the callback, and just now (Standard Webhooks). */
    private static boolean isGenuine(byte[] token, Headers headers, byte[] body) throws GeneralSecurityException {
        String timestamp = Objects.requireNonNullElse(headers.getFirst("webhook-timestamp"), "");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(token, "HmacSHA256"));
        mac.update((headers.getFirst("webhook-id") + "." + timestamp + ".").getBytes(UTF_8));
        String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        String candidates = Objects.requireNonNullElse(headers.getFirst("webhook-signature"), "");
        return timestamp.matches("\\d{1,18}")
                && Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) < MAX_AGE_SECONDS
                && Arrays.stream(candidates.split(" "))
                        .anyMatch(one -> MessageDigest.isEqual(one.getBytes(UTF_8), signature.getBytes(UTF_8)));
    }

    private static void receive(HttpExchange exchange, Path store) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes(); // signed as received
        String id = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("webhook-id"), "");
        boolean accepted = false; // one that is not accepted comes again: the till may not have stored the token yet
        try {
            accepted = id.matches(TRANSACTION_ID) && Files.exists(store.resolve(id))
                    && isGenuine(Files.readAllBytes(store.resolve(id)), exchange.getRequestHeaders(), body);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        exchange.sendResponseHeaders(accepted ? 200 : 401, -1);
        exchange.close();
        Matcher result = RESULT.matcher(new String(body, UTF_8));
        System.out.println(!accepted ? "REFUSED" : "VERIFIED " + (result.find() ? result.group(1) : "") + " " + id);
    }

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> receive(exchange, Path.of(arguments[1])));
        server.start();
    }
}
