package dev.terminalcloud.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A register and its device, which pay one purchase after the other. */
final class Lane implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final Map<UUID, Long> offeredAt = new ConcurrentHashMap<>();
    private final VirtualDevice device;
    private final RegisterClient till;

    /** Nanoseconds from the start of the POST to its answer, to the offer at the device's socket, and to the completed poll. */
    record Sample(long answered, long offered, long completed) {}

    /** @param number of the device, from 0 */
    Lane(SystemUnderTest cloud, int number) {
        this.till = new RegisterClient(cloud.url());
        this.device = VirtualDevice.builder()
                .id(cloud.deviceId(number))
                .secret(cloud.secret())
                .cloud(cloud.devicesUrl())
                .watcher(this::watch)
                .build();
    }

    void open() throws IOException, InterruptedException {
        await(device.start().toCompletableFuture());
        till.pairs(await(device.requestPairingCode().toCompletableFuture()));
    }

    RegisterClient till() {
        return till;
    }

    Sample pays() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        JsonNode started = till.pays(500);
        long answered = System.nanoTime();
        JsonNode ended = till.pollsUntilCompleted(started);
        long completed = System.nanoTime();
        if (!ended.path("data").path("TransactionResult").asText().equals("OK-ACCEPTED")) {
            throw new IOException("Purchase was not approved: " + ended);
        }
        UUID id = UUID.fromString(started.path("transactionId").asText());
        return new Sample(answered - begin, offeredAt.remove(id) - begin, completed - begin);
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
