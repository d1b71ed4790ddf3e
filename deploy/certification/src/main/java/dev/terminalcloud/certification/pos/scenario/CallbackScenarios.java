package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Callback;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.CallbackSent;
import dev.terminalcloud.certification.pos.gateway.StartReaction;
import dev.terminalcloud.certification.pos.gateway.StartReaction.StoreAndHold;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import java.util.Optional;

/** Scenarios for the completion callback. */
public final class CallbackScenarios {
    /** An approval that never happened has a version that the transaction may get. */
    private static final long NEXT_VERSION = 3;

    private CallbackScenarios() {}

    public static void refusesAForgedCallback(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = withCallback(pos);
        expectRefused(pos, payment, Callback.forged(DeviceOutcomes.approved(payment.cents()), NEXT_VERSION));
    }

    public static void refusesAnOldCallback(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = withCallback(pos);
        expectRefused(pos, payment, Callback.old(DeviceOutcomes.approved(payment.cents()), NEXT_VERSION));
    }

    /** The callback shows an approval, and the transaction is declined. */
    private static void expectRefused(PosUnderTest pos, PosPayment payment, Callback callback)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        awaitAnswer(pos, payment);
        CallbackSent sent = pos.gateway().send(payment.transactionId(), callback);
        if (!sent.isRefused()) {
            throw new CheckFailedException("it answered it with " + status(sent));
        }
        pos.finish(payment, DeviceOutcomes.declined());
        pos.expectDisplay(Display.NOT_APPROVED, "OK-DECLINED");
    }

    /** The POS knows the token of the transaction from then on. */
    private static void awaitAnswer(PosUnderTest pos, PosPayment payment)
            throws CheckFailedException, InterruptedException {
        if (PosFeature.ASYNCHRONOUS_MODE.isUsedBy(payment.request())) {
            pos.show(payment, DeviceOutcomes.running());
        }
    }

    public static void countsARepeatedCallbackOnce(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = withCallback(pos);
        awaitAnswer(pos, payment);
        TransactionState approved = DeviceOutcomes.approved(payment.cents());
        long version = pos.gateway().change(payment.transactionId(), approved);
        Callback callback = Callback.genuine(approved, version);
        expectAcknowledged(acknowledged(pos, payment, callback));
        expectAcknowledged(pos.gateway().send(payment.transactionId(), callback));
        pos.show(payment, approved);
        pos.expectDisplay(Display.APPROVED_ONCE, PosTask.amount(payment.cents()));
    }

    public static void ignoresAnOutdatedCallback(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = withCallback(pos);
        awaitAnswer(pos, payment);
        TransactionState approved = DeviceOutcomes.approved(payment.cents());
        pos.finish(payment, approved);
        long outdated = pos.gateway().change(payment.transactionId(), approved) - 1;
        pos.gateway().send(payment.transactionId(), Callback.genuine(DeviceOutcomes.delayed(), outdated));
        pos.expectApproved(payment);
    }

    /** The POS learns the token with the response to the start: it can't verify the callback before. */
    public static void takesACallbackBeforeTheAnswer(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = withCallback(pos, new StoreAndHold());
        TransactionState approved = DeviceOutcomes.approved(payment.cents());
        long version = pos.gateway().change(payment.transactionId(), approved);
        Callback callback = Callback.genuine(approved, version);
        CallbackSent early = pos.gateway().send(payment.transactionId(), callback);
        pos.gateway().answerHeld();
        pos.show(payment, approved);
        if (!early.isAcknowledged()) {
            expectAcknowledged(acknowledged(pos, payment, callback));
        }
        pos.expectApproved(payment);
    }

    private static PosPayment withCallback(PosUnderTest pos, StartReaction... reactions)
            throws CheckNotRunException, InterruptedException {
        pos.needs(PosFeature.CALLBACK);
        PosPayment payment = pos.pay(reactions);
        pos.needs(PosFeature.CALLBACK, payment);
        return payment;
    }

    /** Sends the callback until the POS acknowledges it: it may need a moment to store the token. */
    private static CallbackSent acknowledged(PosUnderTest pos, PosPayment payment, Callback callback)
            throws InterruptedException {
        long end = System.nanoTime() + pos.times().reaction().toNanos();
        CallbackSent sent = pos.gateway().send(payment.transactionId(), callback);
        while (!sent.isAcknowledged() && System.nanoTime() < end) {
            pos.log().await(Optional::empty, pos.times().pollInterval());
            sent = pos.gateway().send(payment.transactionId(), callback);
        }
        return sent;
    }

    private static void expectAcknowledged(CallbackSent sent) throws CheckFailedException {
        if (!sent.isAcknowledged()) {
            throw new CheckFailedException("it answered a genuine callback with " + status(sent));
        }
    }

    private static String status(CallbackSent sent) {
        return sent.status() == 0 ? "no response" : "status " + sent.status();
    }
}
