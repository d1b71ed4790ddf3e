package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.PosRequest;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of a POS to find out the outcome of a payment: it polls, repeats the start with its key, looks the transaction up, asks
 * the device, or shows that it does not know.
 *
 * @param mark the mark in the log after which it does so
 * @param restarted whether the POS was started again at that time, so that a poll counts
 */
record Recovery(PosUnderTest pos, PosPayment payment, int mark, boolean restarted) {

    /** Expects that the POS finds out that the payment is approved, or shows that it does not know. */
    void findsOutcome() throws CheckFailedException, CheckNotRunException, InterruptedException {
        Optional<RequestReceived> inquiry = restarted
                ? pos.tasks().await(this::inquiry)
                : inquiry(pos.times().reaction());
        pos.expectNoOtherPayment(payment);
        if (inquiry.isPresent()) {
            pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
            pos.expectApproved(payment);
        } else {
            pos.expectDisplay(Display.UNKNOWN, PosTask.amount(payment.cents()));
        }
        pos.expectNoOtherPayment(payment);
    }

    private Optional<RequestReceived> inquiry(Duration atMost) throws InterruptedException {
        return pos.request(mark, this::isInquiry, atMost);
    }

    /** Another payment counts too: it ends the waiting, and is a violation. */
    private boolean isInquiry(RequestReceived received) {
        PosRequest request = received.request();
        return switch (request.call()) {
            case START ->
                received.number() != payment.start().number() && (request.isPayment() || request.asksDevice());
            case LIST -> true;
            case LOOK_UP -> received.is(Call.LOOK_UP, payment.transactionId());
            case POLL -> restarted && received.is(Call.POLL, payment.transactionId());
            case PAIR, UNPAIR, CANCEL, DEVICE, STATUS, PREFLIGHT, UNKNOWN -> false;
        };
    }
}
