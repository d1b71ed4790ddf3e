package dev.terminalcloud.checker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void planDependsOnSeedAndNumberOnly() {
        assertThat(Plan.of(1, 5)).isEqualTo(Plan.of(1, 5)).isNotEqualTo(Plan.of(2, 5));
    }

    @Test
    void amountIdentifiesTheRequest() {
        assertThat(Plan.numberOf(Plan.of(1, 5).amountCents())).isEqualTo(5);
    }

    @Test
    void everythingIsTried() {
        assertThat(IntStream.range(0, 500).mapToObj(number -> Plan.of(3, number).incident()))
                .contains(DeviceIncident.values());
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).behaviour())
                        .flatMap(behaviour -> behaviour.misbehaviours().stream())
                        .map(Object::getClass)
                        .distinct())
                .hasSize(8);
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).extras().keyUse()))
                .contains(KeyUse.values());
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).extras().waitMode()))
                .contains(WaitMode.values());
    }
}
