package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the walk-through of the top README, after the heading "Try it": its {@code sh} blocks with {@code curl} are one script,
 * unchanged except for the port and the pairing code.
 */
@Tag("slow")
@ExtendWith(OneStack.class)
class ReadmeTest {
    @TempDir
    private Path folder;

    private final Shops shops;

    ReadmeTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void walkThroughLeadsToAnAcceptedPayment() throws Exception {
        WalkThrough walkThrough = WalkThrough.of("README.md", "## Try it", "curl")
                .with("(?<=/POS/Pairing/)[0-9]{8}", shops.stack().demoPairingCode())
                .with("localhost:8080", shops.site().http().getAuthority());

        assertThat(walkThrough.run(folder)).contains("{\"result\":\"success\"}").contains("OK-ACCEPTED");
    }
}
