package dev.terminalcloud.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A register: its names, the public address, and an HTTP client. */
public final class FakeRegister {
    private static final String TOKEN = "Pairing-Token";

    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration TIMEOUT = Duration.ofSeconds(125);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final URI cloud;
    private final Map<String, String> names;
    private final boolean sendsToken;
    private final AtomicReference<String> token;

    private FakeRegister(URI cloud, Map<String, String> names, boolean sendsToken, AtomicReference<String> token) {
        this.cloud = cloud;
        this.names = names;
        this.sendsToken = sendsToken;
        this.token = token;
    }

    FakeRegister(URI cloud) {
        this(cloud, new LinkedHashMap<>(), false, new AtomicReference<>());
        String id = UUID.randomUUID().toString();
        names.put("POSRegisterID", id);
        names.put("POSRegisterName", "Till " + id.substring(0, 4));
        names.put("POSBusinessName", "Joe's Café & Söhne / Main St.");
        names.put("POSVendorName", "System Tests");
    }

    /** Returns the same register with another name: {@code POSRegisterID}, {@code POSBusinessName} and so on. */
    public FakeRegister renamed(String parameter, String value) {
        Map<String, String> changed = names();
        changed.put(parameter, value);
        return new FakeRegister(cloud, changed, sendsToken, token);
    }

    /** Returns the same register of this vendor, which sends its pairing token with each request. */
    public FakeRegister ofStrictVendor(String vendor) {
        Map<String, String> changed = names();
        changed.put("POSVendorName", vendor);
        return new FakeRegister(cloud, changed, true, token);
    }

    /** Returns the token of its newest pairing; null if it was never paired. */
    public String token() {
        return token.get();
    }

    /** Ends its pairing, with this token. */
    public Answer unpairs(String pairingToken) {
        return sends(HttpRequest.newBuilder(url("Pairing?" + encoded(names())))
                .header(TOKEN, pairingToken)
                .DELETE());
    }

    public String businessName() {
        return names.get("POSBusinessName");
    }

    public String registerName() {
        return names.get("POSRegisterName");
    }

    /** Returns its names as parameters; the caller may change them. */
    public Map<String, String> names() {
        return new LinkedHashMap<>(names);
    }

    /** Returns an address below {@code /POS}, or below the public URL if the path begins with a slash. */
    public URI url(String path) {
        String base = cloud.toString().replaceFirst("/$", "");
        return URI.create(path.startsWith("/") ? base + path : base + "/POS/" + path);
    }

    public Answer pairs(String code) {
        return pairs(code, names());
    }

    public Answer pairs(String code, Map<String, String> parameters) {
        return sends(form(url("Pairing/" + code)).PUT(BodyPublishers.ofString(encoded(parameters))));
    }

    /** Starts {@code Card.Purchase} with this amount in cents. */
    public Answer purchases(long amountTotal) {
        return starts(purchase(amountTotal));
    }

    /** Returns the parameters of {@code Card.Purchase} in ASYNC mode; the caller may change them. */
    public Map<String, String> purchase(long amountTotal) {
        return transaction("Card.Purchase", Map.of("AmountTotal", Long.toString(amountTotal)));
    }

    /** Returns the parameters of a transaction in ASYNC mode; the caller may change them. */
    public Map<String, String> transaction(String type, Map<String, String> others) {
        Map<String, String> parameters = names();
        parameters.put("TransactionMode", "ASYNC");
        parameters.put("TransactionType", type);
        parameters.putAll(others);
        return parameters;
    }

    public Answer starts(Map<String, String> parameters) {
        return sends(form(url("Transaction")).POST(BodyPublishers.ofString(encoded(parameters))));
    }

    /** Starts a transaction by a request with another header. */
    Answer startsWithHeader(Map<String, String> parameters, String name, String value) {
        return sends(
                form(url("Transaction")).setHeader(name, value).POST(BodyPublishers.ofString(encoded(parameters))));
    }

    /** Starts a transaction without waiting for the response. */
    public CompletableFuture<Answer> beginsToStart(Map<String, String> parameters) {
        HttpRequest request = withToken(form(url("Transaction")).POST(BodyPublishers.ofString(encoded(parameters))))
                .timeout(TIMEOUT)
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** Starts {@code Card.Purchase} in synchronous mode, in which the response follows the end. */
    CompletableFuture<Answer> purchasesSynchronously(long amountTotal) {
        Map<String, String> parameters = purchase(amountTotal);
        parameters.remove("TransactionMode");
        return beginsToStart(parameters);
    }

    /** Polls the URL of the response, unchanged. */
    public Answer polls(Answer started) {
        return polls(started.pollingUrl());
    }

    public Answer polls(URI pollingUrl) {
        return sends(HttpRequest.newBuilder(pollingUrl).GET());
    }

    private HttpRequest.Builder withToken(HttpRequest.Builder request) {
        return sendsToken && token.get() != null ? request.setHeader(TOKEN, token.get()) : request;
    }

    /** Returns a request to this address with the content type of a form. */
    public static HttpRequest.Builder form(URI uri) {
        return HttpRequest.newBuilder(uri).header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    }

    public static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    public Answer sends(HttpRequest.Builder request) {
        try {
            Answer answer =
                    Answer.of(http.send(withToken(request).timeout(TIMEOUT).build(), BodyHandlers.ofString()));
            answer.headers().firstValue(TOKEN).ifPresent(token::set);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
