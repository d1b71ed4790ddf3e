package dev.terminalcloud.checker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void faultsAreKnownByTheirNames() {
        assertThat(Fault.named(List.of("kill-kafka", "pause-pairing-service", "kill-kafka")))
                .containsExactly(new Fault(Kind.KILL, Part.BROKER), new Fault(Kind.PAUSE, Part.PAIRING));
    }

    @Test
    void thereAreAllAndShortOnesAndNone() {
        assertThat(Fault.named(List.of("all"))).hasSize(30);
        assertThat(Fault.named(List.of("short"))).hasSize(20);
        assertThat(Fault.named(List.of("none"))).isEmpty();
    }

    @Test
    void aFaultThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> Fault.named(List.of("kill-bill")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kill-bill")
                .hasMessageContaining("kill-kafka");
    }
}
