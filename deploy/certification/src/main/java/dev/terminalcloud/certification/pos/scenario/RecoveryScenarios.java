package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import dev.terminalcloud.certification.pos.gateway.StartReaction;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndDrop;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndFail;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndHold;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import java.util.Optional;

/** Scenarios in which the POS does not know whether a payment runs. It must find out, and must not start it again. */
public final class RecoveryScenarios {
    private static final String BAD_GATEWAY =
            "The service closed the connection before it responded. The request may have taken effect";

    private RecoveryScenarios() {}

    public static void survivesALostAnswer(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        startWithoutAnswer(pos, new StoreAndDrop(DeviceOutcomes.running()));
    }

    public static void survivesAnUnclearError(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        startWithoutAnswer(pos, new StoreAndFail(DeviceOutcomes.running(), 502, BAD_GATEWAY));
    }

    private static void startWithoutAnswer(PosUnderTest pos, StartReaction reaction)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.pay(reaction);
        makeKnownToTheDevice(pos, payment);
        new Recovery(pos, payment, payment.mark(), false).findsOutcome();
    }

    /** The repeated start is answered with a transaction that has ended. */
    public static void takesTheAnswerOfARepeatedStart(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        pos.needs(PosFeature.IDEMPOTENCY_KEY);
        PosPayment payment = pos.pay(new StoreAndDrop(DeviceOutcomes.approved(pos.nextAmount())));
        pos.needs(PosFeature.IDEMPOTENCY_KEY, payment);
        pos.show(payment, DeviceOutcomes.approved(payment.cents()));
        pos.expectDisplay(Display.APPROVED_ONCE, PosTask.amount(payment.cents()));
        pos.expectNoOtherPayment(payment);
    }

    public static void survivesAPowerCut(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.pay();
        pos.gateway().change(payment.transactionId(), DeviceOutcomes.running());
        if (PosFeature.ASYNCHRONOUS_MODE.isUsedBy(payment.request())) {
            pos.expectPoll(payment.mark(), payment);
        }
        restart(pos, payment);
    }

    public static void survivesAPowerCutBeforeTheAnswer(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        restart(pos, pos.pay(new StoreAndHold()));
    }

    private static void restart(PosUnderTest pos, PosPayment payment)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        pos.perform(new PosTask.PowerOff());
        pos.expectDisplay(Display.OFF, "");
        makeKnownToTheDevice(pos, payment);
        int mark = pos.mark();
        pos.perform(new PosTask.PowerOn());
        new Recovery(pos, payment, mark, true).findsOutcome();
    }

    public static void survivesAnExpiredToken(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.polled();
        int mark = pos.mark();
        pos.gateway().expireToken(payment.transactionId());
        Optional<AnswerSent> refused = pos.log()
                .await(
                        mark,
                        AnswerSent.class,
                        answer -> answer.call() == Call.POLL && answer.status() == 401,
                        pos.times().reaction());
        if (refused.isEmpty()) {
            throw new CheckFailedException("it did not poll again");
        }
        makeKnownToTheDevice(pos, payment);
        new Recovery(pos, payment, mark, false).findsOutcome();
    }

    /** A POS without keys asks the device, which answers when the payment has ended. */
    private static void makeKnownToTheDevice(PosUnderTest pos, PosPayment payment) {
        if (!payment.hasKey()) {
            pos.gateway().change(payment.transactionId(), DeviceOutcomes.approved(payment.cents()));
        }
    }
}
