package dev.terminalcloud.checker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
    @Test
    void faultsAreKnownByTheirNames() {
        assertThat(Fault.named(List.of("kill-kafka", "pause-pairing-service", "kill-kafka")))
                .containsExactly(
                        new Fault(FaultType.KILL, Component.BROKER), new Fault(FaultType.PAUSE, Component.PAIRING));
    }

    @Test
    void thereAreAllAndShortOnesAndNone() {
        assertThat(Fault.named(List.of("all"))).hasSize(42);
        assertThat(Fault.named(List.of("short"))).hasSize(32);
        assertThat(Fault.named(List.of("none"))).isEmpty();
    }

    @Test
    void onlyWhatCanHappenToAPartIsAFault() {
        assertThat(Fault.all())
                .contains(new Fault(FaultType.CUT, Component.DATABASE), new Fault(FaultType.RIVAL, Component.CONNECTOR))
                .doesNotContain(
                        new Fault(FaultType.CUT, Component.PAIRING), new Fault(FaultType.RIVAL, Component.BROKER));
    }

    @Test
    void aFaultThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> Fault.named(List.of("kill-bill")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kill-bill")
                .hasMessageContaining("kill-kafka");
    }
}
