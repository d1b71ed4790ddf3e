package dev.terminalcloud.checker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.checker.plan.Plan;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartTest {
    @Test
    void saleDataIdentifyALinkedRefundAndTheAmountAnyOtherRequest() {
        Plan plan = Plan.of(1, 5);
        Start refund = Start.of(plan, new LinkedRefund(UUID.randomUUID(), "QR.Refund", 123, "token"));
        assertThat(refund.function()).isEqualTo("QR.Refund");
        assertThat(refund.amountCents()).isEqualTo(123);
        assertThat(Start.numberOf(refund.amountCents(), refund.saleData().orElseThrow()))
                .isEqualTo(5);
        assertThat(Start.of(plan).saleData()).isEmpty();
        assertThat(Start.numberOf(Start.of(plan).amountCents(), null)).isEqualTo(5);
    }
}
