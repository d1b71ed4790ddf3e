package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.StartReaction.Reject;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import java.time.Duration;
import java.util.Optional;

/** Scenarios for starts and outcomes when nothing breaks. */
public final class ResultScenarios {
    private static final String REJECTION = "Unknown TransactionType: Card.Purchase";
    private static final String UNAVAILABLE = "The service is temporarily unavailable. Nothing was started";

    private ResultScenarios() {}

    public static void sendsTheAmountInCents(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.start();
        String sent = payment.request().text("AmountTotal");
        if (!sent.equals(Long.toString(payment.cents()))) {
            throw new CheckFailedException(
                    "AmountTotal was \"%s\" for a payment of %s".formatted(sent, PosTask.amount(payment.cents())));
        }
    }

    public static void showsAnApproval(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = finished(pos, DeviceOutcomes::approved);
        pos.expectApproved(payment);
    }

    public static void takesTheFinalAmount(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = finished(pos, DeviceOutcomes::approvedWithTip);
        pos.expectDisplay(
                Display.TOTAL, PosTask.amount(payment.cents() + DeviceOutcomes.SURCHARGE + DeviceOutcomes.TIP));
    }

    public static void showsADecline(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        finished(pos, cents -> DeviceOutcomes.declined());
        pos.expectDisplay(Display.DECLINED, DeviceOutcomes.DECLINED_TEXT);
    }

    public static void showsACancellation(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        finished(pos, cents -> DeviceOutcomes.cancelled());
        pos.expectDisplay(Display.CANCELLED, "");
    }

    public static void showsThatTheDeviceIsUnreachable(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        finished(pos, cents -> DeviceOutcomes.unreachable());
        pos.expectDisplay(Display.NOT_APPROVED, "CANCELLED, FAILED-INTERFACE");
    }

    public static void ignoresUnknownMembers(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = finished(pos, DeviceOutcomes::approvedWithUnknownMembers);
        pos.expectApproved(payment);
    }

    public static void doesNotApproveAnUnknownResult(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        finished(pos, cents -> DeviceOutcomes.unknownResult());
        pos.expectDisplay(Display.NOT_APPROVED, "OK-PARTIAL");
    }

    public static void takesLongTexts(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = finished(pos, DeviceOutcomes::approvedWithLongTexts);
        pos.expectApproved(payment);
    }

    /** Makes an outcome for an amount. */
    private interface Outcome {
        TransactionState of(long cents);
    }

    private static PosPayment finished(PosUnderTest pos, Outcome outcome)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.pay();
        pos.gateway().change(payment.transactionId(), DeviceOutcomes.running());
        pos.finish(payment, outcome.of(payment.cents()));
        return payment;
    }

    public static void showsThatTheDeviceIsBusy(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.start(new Reject(429, "device is busy", 0));
        expectNoRepetition(pos, payment);
        pos.expectDisplay(Display.BUSY, "");
    }

    public static void showsARejection(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.start(new Reject(400, REJECTION, 0));
        expectNoRepetition(pos, payment);
        pos.expectDisplay(Display.REJECTED, REJECTION);
    }

    static void expectNoRepetition(PosUnderTest pos, PosPayment payment)
            throws CheckFailedException, InterruptedException {
        if (repetition(pos, payment, pos.times().quiet()).isPresent()) {
            throw new CheckFailedException("it repeated by itself a start that was rejected");
        }
    }

    private static Optional<RequestReceived> repetition(PosUnderTest pos, PosPayment payment, Duration atMost)
            throws InterruptedException {
        return pos.request(
                payment.mark(),
                received -> received.request().isPayment()
                        && received.number() != payment.start().number(),
                atMost);
    }

    /** Nothing was started, for certain: it may repeat the start, but not at once. */
    public static void waitsBeforeItRepeats(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        Duration retryAfter = Duration.ofSeconds(pos.times().retryAfterSeconds());
        PosPayment payment = pos.start(new Reject(503, UNAVAILABLE, pos.times().retryAfterSeconds()));
        Optional<RequestReceived> repeated =
                repetition(pos, payment, retryAfter.plus(pos.times().reaction()));
        if (repeated.isEmpty()) {
            pos.expectDisplay(Display.NOT_STARTED, "");
            return;
        }
        Duration waited =
                Duration.between(payment.start().time(), repeated.get().time());
        if (waited.compareTo(retryAfter) < 0) {
            throw new CheckFailedException(
                    "it repeated the start after %d ms, before Retry-After".formatted(waited.toMillis()));
        }
        PosPayment accepted = PosUnderTest.accepted(
                new PosPayment(payment.mark(), payment.cents(), repeated.get(), pos.storedFor(repeated.get())));
        pos.finish(accepted, DeviceOutcomes.approved(payment.cents()));
        pos.expectApproved(payment);
    }
}
