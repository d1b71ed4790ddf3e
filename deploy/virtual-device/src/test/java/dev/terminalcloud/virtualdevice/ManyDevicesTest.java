package dev.terminalcloud.virtualdevice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyDevicesTest {
    private static final int DEVICES = 300;

    @Test
    void manyDevicesShareAFewThreads() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (FakeCloud cloud = FakeCloud.overTcp()) {
            warmUp(cloud, scheduler);
            int before = Thread.activeCount();
            List<VirtualDevice> devices = IntStream.range(0, DEVICES)
                    .mapToObj(i -> Devices.at(cloud)
                            .id(Long.toString(7_000_001_000L + i))
                            .scheduler(scheduler)
                            .build())
                    .toList();

            CompletableFuture.allOf(devices.stream()
                            .map(device -> device.start().toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new))
                    .get(60, SECONDS);

            assertThat(Thread.activeCount()).isLessThan(before + 10);
            devices.forEach(VirtualDevice::close);
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** Starts the threads of the MQTT client and the server, which start with the first connection. */
    private static void warmUp(FakeCloud cloud, ScheduledExecutorService scheduler) throws Exception {
        try (VirtualDevice first = Devices.at(cloud).scheduler(scheduler).build()) {
            first.start().toCompletableFuture().get(10, SECONDS);
        }
    }
}
