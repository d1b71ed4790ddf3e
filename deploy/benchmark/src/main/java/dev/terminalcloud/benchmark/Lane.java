package dev.terminalcloud.benchmark;

import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.RegisterNames;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A register and its device, which pay one purchase after the other. */
final class Lane implements AutoCloseable {
    private static final int OK = 200;
    private static final long TIMEOUT_SECONDS = 30;

    /** Often enough to measure the end of a transaction, without being a load. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final Map<UUID, Long> offeredAt = new ConcurrentHashMap<>();
    private final VirtualDevice device;
    private final PosClient client;
    private final PosRequests requests;
    private final RegisterNames names = RegisterNames.random("Benchmark", "Benchmark", "Benchmark");

    /** Nanoseconds from the start of the POST to its answer, to the offer at the device's socket, and to the completed poll. */
    record Sample(long answered, long offered, long completed) {}

    /** @param number of the device, from 0 */
    Lane(SystemUnderTest cloud, int number) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.client = new PosClient(http, Duration.ofSeconds(TIMEOUT_SECONDS));
        this.requests = new PosRequests(cloud.url());
        this.device = VirtualDevice.builder()
                .id(cloud.deviceId(number))
                .secret(cloud.secret())
                .cloud(cloud.devicesUrl())
                .watcher(this::watch)
                .build();
    }

    void open() throws IOException, InterruptedException {
        await(device.start().toCompletableFuture());
        String code = await(device.requestPairingCode().toCompletableFuture());
        Answer answer = client.exchange(requests.pair(code, names.parameters()));
        if (answer.status() != OK) {
            throw new IOException("Pairing was rejected: " + answer.text());
        }
    }

    /** Starts a purchase. */
    Answer start(long cents) throws IOException, InterruptedException {
        Answer started = client.exchange(requests.start(names.purchase(cents)));
        if (started.status() != OK) {
            throw new IOException("Purchase was rejected: " + started.text());
        }
        return started;
    }

    Answer pollUntilCompleted(Answer started) throws IOException, InterruptedException {
        return client.pollUntilCompleted(started, POLL_INTERVAL);
    }

    Sample pays() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Answer started = start(500);
        long answered = System.nanoTime();
        Answer ended = pollUntilCompleted(started);
        long completed = System.nanoTime();
        if (!"OK-ACCEPTED".equals(ended.data("TransactionResult"))) {
            throw new IOException("Purchase was not approved: " + ended.text());
        }
        return new Sample(answered - begin, offeredAt.remove(started.transactionId()) - begin, completed - begin);
    }

    @Override
    public void close() {
        device.close();
    }

    private void watch(Activity activity) {
        if (activity instanceof Activity.Received received && received.message() instanceof Offer offer) {
            offeredAt.putIfAbsent(offer.transactionId(), System.nanoTime());
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "Timed out after " + TIMEOUT_SECONDS + " s waiting for the cloud to answer the device", e);
        }
    }
}
