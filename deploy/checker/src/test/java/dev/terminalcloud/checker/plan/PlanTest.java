package dev.terminalcloud.checker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
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
                .hasSize(9);
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).extras().keyUse()))
                .contains(KeyUse.values());
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).extras().waitMode()))
                .contains(WaitMode.values());
        assertThat(IntStream.range(0, 500)
                        .mapToObj(number -> Plan.of(3, number).extras().refundUse()))
                .contains(RefundUse.values());
    }

    @Test
    void calmDevicesHaveNoIncidentsAndRegistersVaryAllTheSame() {
        Plans calm = new Plans(3, true);
        assertThat(IntStream.range(0, 500).mapToObj(calm::of)).allSatisfy(plan -> {
            assertThat(plan.incident()).isEqualTo(DeviceIncident.NONE);
            assertThat(plan.behaviour().misbehaviours()).allMatch(Misbehaviour.AnswerLate.class::isInstance);
            assertThat(plan.extras()).isEqualTo(Plan.of(3, plan.number()).extras());
        });
    }
}
