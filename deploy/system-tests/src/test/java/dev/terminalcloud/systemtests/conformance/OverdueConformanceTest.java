package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertDelayed;
import static dev.terminalcloud.systemtests.conformance.Waits.DEADLINE;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;

/** Sections 4 and 6: transactions that take long, in both modes. */
@Conformance
@Order(1)
class OverdueConformanceTest {
    private static final Duration OVERDUE = Duration.ofSeconds(105);
    private static final Duration HELD = Duration.ofSeconds(110);

    private final TargetSystem cloud;

    OverdueConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.OVERDUE)
    void longTransactionIsDelayed() throws Exception {
        try (Shop shop = cloud.paired()) {
            long began = System.nanoTime();
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);

            Answer delayed = payment.awaitPoll(OVERDUE.plus(DEADLINE), Answer::isDelayed);

            assertDelayed(delayed);
            assertThat(since(began)).isGreaterThanOrEqualTo(OVERDUE);
            shop.device().endPayment(Ending.APPROVE);
            assertApproved(payment.awaitCompleted(TIMEOUT));
        }
    }

    @Proves(Row.HELD)
    void heldRequestIsAnsweredAfter110Seconds() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister register = shop.register();
            Map<String, String> purchase = register.purchase(NEVER_ANSWERED);
            purchase.remove("TransactionMode");
            long began = System.nanoTime();

            Answer answer = register.start(purchase);

            assertThat(since(began)).isBetween(HELD.minusSeconds(1), HELD.plus(Duration.ofSeconds(10)));
            assertDelayed(answer);
            assertDelayed(register.poll(answer));
            shop.device().endPayment(Ending.APPROVE);
            assertApproved(PolledTransaction.of(register, answer).awaitCompleted(TIMEOUT));
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
