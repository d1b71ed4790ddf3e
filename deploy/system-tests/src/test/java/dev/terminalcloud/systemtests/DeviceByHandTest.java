package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.Site.Credentials;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the purchase by hand of the device connector's page for device vendors: its {@code sh} blocks
 * are one script, unchanged except for the addresses, the port and the device. Needs Mosquitto.
 */
@Tag("slow")
@ExtendWith({NeedsMosquitto.class, OneStack.class})
class DeviceByHandTest {
    @TempDir
    private Path folder;

    private final Shops shops;

    DeviceByHandTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void purchaseByHandIsAccepted() throws Exception {
        Credentials device = shops.takeDevice();
        WalkThrough walkThrough = WalkThrough.of(
                        "device-connector/device-vendors.md", "## Walk-through: a purchase by hand", "")
                .with(
                        "localhost:1883",
                        shops.site().devices().get(Transport.TCP).getAuthority())
                .with("localhost:8080", shops.site().http().getAuthority())
                .with("(?<=PORT=)18830", Integer.toString(LocalStack.freePort()))
                .with("(?<=DEVICE=)7000000016", device.deviceId());

        String printed = walkThrough.run(folder);

        shops.giveBack(device);
        assertThat(printed)
                .contains("{\"result\":\"success\"}")
                .containsSubsequence("\"type\":\"paired\"", "\"type\":\"start-granted\"", "OK-ACCEPTED")
                .contains("\"type\":\"unpaired\"");
    }
}
