package dev.terminalcloud.connector.fuzz;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.Mqtt5Device;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** A device that keeps working while others misbehave: the cloud pings it again and again, and it answers. */
final class HealthyDevice implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** Interval between pings; each needs two packets of the device, whose packets per second are limited. */
    private static final Duration PACE = Duration.ofMillis(50);

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final FakeCloud cloud;
    private final Mqtt5Device device;
    private final UUID session;
    private final CompletableFuture<Integer> working;
    private volatile boolean leaving;

    HealthyDevice(TestBench bench) {
        cloud = bench.openCloud();
        device = bench.newStartedDevice(cloud);
        session = cloud.await(DeviceConnected.class, device.deviceId()).sessionId();
        working = CompletableFuture.supplyAsync(this::work, thread);
    }

    String deviceId() {
        return device.deviceId();
    }

    /**
     * Stops the work.
     *
     * @return the number of answered pings: all of them, in time and on one connection
     */
    int answeredAll() {
        leaving = true;
        return working.join();
    }

    private int work() {
        int answered = 0;
        for (; !leaving; answered++) {
            String nonce = Integer.toString(answered);
            cloud.command(0, new PingDevice(device.deviceId(), session, nonce));
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .pollDelay(PACE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> device.commands().stream()
                            .anyMatch(command -> command.path("nonce").asText().equals(nonce)));
            device.commands().clear();
            device.sayAcknowledged("{\"type\":\"pong\",\"nonce\":\"" + nonce + "\"}");
        }
        if (cloud.await(DevicePonged.class, device.deviceId(), answered).size() != answered) {
            throw new IllegalStateException("The cloud did not receive every answer once");
        }
        return answered;
    }

    @Override
    public void close() {
        leaving = true;
        thread.shutdown();
        device.disconnect();
        cloud.close();
    }
}
