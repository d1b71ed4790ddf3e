package dev.terminalcloud.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.connector.fake.FakeCloud;
import dev.terminalcloud.connector.fake.NonReadingDevice;
import dev.terminalcloud.connector.fake.TestBench;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that reads nothing of what is sent to it. */
@QuarkusTest
@WithTestResource(TestInfrastructure.class)
@TestProfile(StalledDeviceTest.StalledDeviceProfile.class)
class StalledDeviceTest {
    public static final class StalledDeviceProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connector.limits.write-timeout", "1s",
                    "connector.limits.command-ack-timeout", "1h");
        }
    }

    @Inject
    TestBench bench;

    @Test
    void deviceThatReadsNothingIsDisconnected() throws IOException {
        try (FakeCloud cloud = bench.openCloud()) {
            String deviceId = bench.newDevice(cloud);
            try (NonReadingDevice device =
                    new NonReadingDevice(deviceId, bench.ports().mqtt())) {
                cloud.overwhelm(
                        deviceId, cloud.await(DeviceConnected.class, deviceId).sessionId());

                assertThat(cloud.await(DeviceDisconnected.class, deviceId).reason())
                        .isEqualTo("WRITE_TIMEOUT");
                await().until(device::isReset);
            }
        }
    }
}
