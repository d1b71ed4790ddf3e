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
                        new Fault(FaultType.KILL, Component.BROKER),
                        new Fault(FaultType.PAUSE, Component.PAIRING_SERVICE));
    }

    @Test
    void allShortAndNoneSelectFaults() {
        assertThat(Fault.named(List.of("all", "planned", "disasters")))
                .containsExactlyInAnyOrderElementsOf(Fault.all());
        assertThat(Fault.named(List.of("short"))).isNotEmpty().noneMatch(fault -> fault.kind()
                .isLong());
        assertThat(Fault.named(List.of("none"))).isEmpty();
    }

    @Test
    void plannedChangesAreAGroupOfTheirOwn() {
        assertThat(Fault.named(List.of("planned")))
                .extracting(Fault::toString)
                .containsExactlyInAnyOrder(
                        "rolling-restart-pairing-service",
                        "rolling-restart-transaction-service",
                        "rolling-restart-device-connector",
                        "rolling-restart-all")
                .allMatch(Fault::isPlanned);
        assertThat(Fault.named(List.of("all"))).noneMatch(fault -> Fault.isPlanned(fault.toString()));
    }

    @Test
    void disastersAreAGroupOfTheirOwn() {
        assertThat(Fault.named(List.of("disasters")))
                .extracting(Fault::toString)
                .containsExactly("data-loss-kafka");
        assertThat(Fault.named(List.of("all"))).doesNotContain(new Fault(FaultType.DATA_LOSS, Component.BROKER));
        assertThat(Fault.named(List.of("short"))).doesNotContain(new Fault(FaultType.DATA_LOSS, Component.BROKER));
    }

    @Test
    void onlyWhatCanHappenToAPartIsAFault() {
        assertThat(Fault.all())
                .contains(
                        new Fault(FaultType.CONNECTION_RESET, Component.DATABASE),
                        new Fault(FaultType.DUPLICATE_CONNECTOR, Component.CONNECTOR))
                .doesNotContain(
                        new Fault(FaultType.CONNECTION_RESET, Component.PAIRING_SERVICE),
                        new Fault(FaultType.DUPLICATE_CONNECTOR, Component.BROKER));
    }

    @Test
    void faultThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> Fault.named(List.of("kill-bill")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kill-bill")
                .hasMessageContaining("kill-kafka");
    }
}
