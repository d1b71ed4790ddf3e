package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
    @Test
    void freePortsAreDifferentAndCanBeTaken() {
        List<Integer> ports = Port.free(50);
        assertThat(ports).hasSize(50).doesNotHaveDuplicates();
        ports.forEach(port -> Port.requireFree(port, "The test"));
    }

    @Test
    void portInUseIsNamedWithWhoWantedIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Port.requireFree(other.getLocalPort(), "The gateway"))
                    .isInstanceOfSatisfying(
                            PortInUseException.class, e -> assertThat(e.port()).isEqualTo(other.getLocalPort()))
                    .hasMessageStartingWith("The gateway can't listen on port " + other.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void invalidPortIsRejected(int port) {
        assertThatThrownBy(() -> Port.freeOr(port, "The gateway"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(port));
    }
}
