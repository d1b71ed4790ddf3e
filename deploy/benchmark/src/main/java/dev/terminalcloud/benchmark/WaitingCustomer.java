package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.StartGranted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;

/** A register and its device, whose customer waits before paying. */
final class WaitingCustomer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final VirtualDevice device;
    private final CompletableFuture<Void> waiting = new CompletableFuture<>();
    private final String names = "POSRegisterID=" + UUID.randomUUID()
            + "&POSRegisterName=Benchmark&POSBusinessName=Benchmark&POSVendorName=Benchmark";

    private volatile String polling;

    WaitingCustomer(SystemUnderTest cloud, int number, ScheduledExecutorService threads) {
        this.device = VirtualDevice.builder()
                .id(cloud.deviceId(number))
                .secret(cloud.secret())
                .cloud(cloud.devicesUrl())
                .timing(Timing.PROTOCOL)
                .behaviour(offer -> Behaviour.of(Ending.APPROVE).with(new Misbehaviour.NeverAnswer()))
                .scheduler(threads)
                .watcher(this::watch)
                .build();
    }

    /** Connects the device and pairs the register with it. */
    CompletableFuture<Void> open(HttpClient http, URI url) {
        return device.start()
                .thenCompose(connected -> device.requestPairingCode())
                .thenCompose(code -> http.sendAsync(
                        HttpRequest.newBuilder(url.resolve("/POS/Pairing/" + code))
                                .PUT(BodyPublishers.ofString(names, UTF_8))
                                .build(),
                        BodyHandlers.ofString()))
                .thenAccept(WaitingCustomer::requirePaired)
                .toCompletableFuture();
    }

    /** Returns the body of its synchronous purchase. */
    String purchase() {
        return names + "&TransactionType=Card.Purchase&AmountTotal=500";
    }

    /** Starts its purchase, which the register polls for. */
    CompletableFuture<Void> starts(HttpClient http, URI service) {
        return http.sendAsync(
                        HttpRequest.newBuilder(service.resolve("/POS/Transaction"))
                                .POST(BodyPublishers.ofString(purchase() + "&TransactionMode=ASYNC", UTF_8))
                                .build(),
                        BodyHandlers.ofString())
                .thenAccept(this::takePollingUrl);
    }

    /** Returns path and query of its polling URL. */
    String polling() {
        return polling;
    }

    /** Returns a future that completes when the device waits for the customer: from then on only the customer delays the request. */
    CompletableFuture<Void> waiting() {
        return waiting;
    }

    private void takePollingUrl(HttpResponse<String> answer) {
        try {
            JsonNode data = JSON.readTree(answer.body()).path("data");
            URI url = URI.create(data.path("PollingUrl").asText());
            if (answer.statusCode() != 200 || url.getRawQuery() == null) {
                throw new IOException("Purchase was rejected: " + answer.body());
            }
            polling = url.getRawPath() + "?" + url.getRawQuery();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    void pays() {
        device.endPayment(Ending.APPROVE);
    }

    @Override
    public void close() {
        device.close();
    }

    private void watch(Activity activity) {
        if (activity instanceof Activity.Received received && received.message() instanceof StartGranted) {
            waiting.complete(null);
        }
    }

    private static void requirePaired(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new CompletionException(new IOException("Pairing was rejected: " + answer.body()));
        }
    }
}
