package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A register that pairs and pays, over one connection. Not thread-safe. */
final class RegisterClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI cloud;
    private final String names = "POSRegisterID=" + UUID.randomUUID()
            + "&POSRegisterName=Benchmark&POSBusinessName=Benchmark&POSVendorName=Benchmark";

    RegisterClient(URI cloud) {
        this.cloud = cloud;
    }

    void pairs(String code) throws IOException, InterruptedException {
        JsonNode answer = send(HttpRequest.newBuilder(cloud.resolve("/POS/Pairing/" + URLEncoder.encode(code, UTF_8)))
                .PUT(BodyPublishers.ofString(names)));
        if (!answer.path("result").asText().equals("success")) {
            throw new IOException("Pairing was rejected: " + answer);
        }
    }

    /** Starts a purchase; the answer is the POS API's envelope. */
    JsonNode pays(long cents) throws IOException, InterruptedException {
        JsonNode answer = send(HttpRequest.newBuilder(cloud.resolve("/POS/Transaction"))
                .POST(BodyPublishers.ofString(
                        names + "&TransactionMode=ASYNC&TransactionType=Card.Purchase&AmountTotal=" + cents)));
        if (!answer.has("transactionId")) {
            throw new IOException("Purchase was rejected: " + answer);
        }
        return answer;
    }

    /** Polls every {@link #POLL_INTERVAL} until the transaction has ended: often enough to measure it, without being a load. */
    JsonNode pollsUntilCompleted(JsonNode started) throws IOException, InterruptedException {
        URI url = URI.create(started.path("data").path("PollingUrl").asText());
        while (true) {
            JsonNode answer = send(HttpRequest.newBuilder(url).GET());
            if (answer.path("transactionStatus").asText().equals("COMPLETED")) {
                return answer;
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }
}
