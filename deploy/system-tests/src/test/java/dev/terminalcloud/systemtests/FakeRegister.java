package dev.terminalcloud.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A till: knows its names, the public address, and HTTP. */
final class FakeRegister {
    private static final Duration TIME_OUT = Duration.ofSeconds(30);

    /** A little more than the cloud holds a synchronous request. */
    private static final Duration HELD = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIME_OUT)
            .build();
    private final URI cloud;
    private final String id = UUID.randomUUID().toString();

    FakeRegister(URI cloud) {
        this.cloud = cloud;
    }

    String businessName() {
        return "Joe's Café & Söhne / Main St.";
    }

    String registerName() {
        return "Till " + id.substring(0, 4);
    }

    Map<String, String> names() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("POSRegisterID", id);
        parameters.put("POSRegisterName", registerName());
        parameters.put("POSBusinessName", businessName());
        parameters.put("POSVendorName", "System Tests");
        return parameters;
    }

    Answer pairs(String code) {
        return send(to(cloud.resolve("/POS/Pairing/" + code)).PUT(BodyPublishers.ofString(form(names()))));
    }

    /** Starts {@code Card.Purchase} of so many cents. */
    Answer purchases(long amountTotal) {
        Map<String, String> parameters = names();
        parameters.put("TransactionMode", "ASYNC");
        parameters.put("TransactionType", "Card.Purchase");
        parameters.put("AmountTotal", Long.toString(amountTotal));
        return send(to(cloud.resolve("/POS/Transaction")).POST(BodyPublishers.ofString(form(parameters))));
    }

    /** Starts {@code Card.Purchase} in the older mode, in which the answer comes when it has ended. */
    CompletableFuture<Answer> purchasesSynchronously(long amountTotal) {
        Map<String, String> parameters = names();
        parameters.put("TransactionType", "Card.Purchase");
        parameters.put("AmountTotal", Long.toString(amountTotal));
        HttpRequest request = to(cloud.resolve("/POS/Transaction"))
                .timeout(HELD)
                .POST(BodyPublishers.ofString(form(parameters)))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(FakeRegister::answer);
    }

    /** Polls the URL that the cloud gave, as it gave it. */
    Answer polls(Answer started) {
        return polls(started.pollingUrl());
    }

    Answer polls(URI pollingUrl) {
        return send(HttpRequest.newBuilder(pollingUrl).timeout(TIME_OUT).GET());
    }

    private static HttpRequest.Builder to(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(TIME_OUT)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }
}
