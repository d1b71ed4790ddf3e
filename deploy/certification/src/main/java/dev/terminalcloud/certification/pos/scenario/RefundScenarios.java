package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.StartReaction.Reject;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;

/** Scenarios for linked refunds, whose limit the gateway knows and the POS may not: an earlier refund may be delayed. */
public final class RefundScenarios {
    private static final String NOTHING_LEFT =
            "AmountTotal must be at most 0, which is left of the original transaction";

    private RefundScenarios() {}

    /** A POS that refunds without the link instead gives back more than was paid. */
    public static void showsARejectedRefund(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.pay();
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
        PosPayment refund = rejected(pos, payment);
        ResultScenarios.expectNoRepetition(pos, refund);
        pos.expectDisplay(Display.REJECTED, NOTHING_LEFT);
    }

    /** An operator whose POS can't refund a certain payment skips the task. */
    private static PosPayment rejected(PosUnderTest pos, PosPayment payment)
            throws CheckNotRunException, InterruptedException {
        try {
            PosPayment refund = pos.refund(payment, new Reject(400, NOTHING_LEFT, 0));
            pos.needs(PosFeature.LINKED_REFUND, refund);
            return refund;
        } catch (CheckNotRunException skipped) {
            if (PosFeature.LINKED_REFUND.isUsedIn(pos.log())) {
                throw skipped;
            }
            throw PosUnderTest.notApplicable(PosFeature.LINKED_REFUND);
        }
    }
}
