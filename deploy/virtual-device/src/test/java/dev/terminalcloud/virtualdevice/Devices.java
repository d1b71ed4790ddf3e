package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.connection.Backoff;
import java.time.Duration;

/** Devices for tests, with short timeouts. */
final class Devices {
    static final Timing QUICK = new Timing(
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ZERO,
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)));

    private Devices() {}

    static VirtualDeviceBuilder at(FakeCloud cloud) {
        return VirtualDevice.builder()
                .id("7000000001")
                .secret(FakeCloud.SECRET)
                .cloud(cloud.uri())
                .timing(QUICK);
    }
}
