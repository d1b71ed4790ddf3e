package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.pos.gateway.GatewayEvent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.CallbackSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.ShownVersion;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.StreamEventSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.trace.EventLog;
import java.time.Duration;
import java.util.Optional;

/** The states of transactions that the POS was shown, in whatever way it wants to see them. */
record ShownStates(EventLog<GatewayEvent> log) {

    /** Waits until the POS was shown this version or a later one, and returns false if that does not happen in time. */
    boolean awaits(PosPayment payment, long version, Duration atMost) throws InterruptedException {
        return log.await(
                        payment.mark(),
                        GatewayEvent.class,
                        event -> shownBy(event)
                                .filter(shown -> isAbout(payment, version, shown))
                                .isPresent(),
                        atMost)
                .isPresent();
    }

    private static Optional<ShownVersion> shownBy(GatewayEvent event) {
        if (event instanceof AnswerSent answer) {
            return answer.shown();
        }
        if (event instanceof StreamEventSent sent) {
            return Optional.of(sent.shown());
        }
        if (event instanceof CallbackSent callback && callback.genuine() && callback.isAcknowledged()) {
            return Optional.of(callback.shown());
        }
        return Optional.empty();
    }

    /** A POS that asks the device sees the outcome as the result of another transaction. */
    private boolean isAbout(PosPayment payment, long version, ShownVersion shown) {
        boolean sameTransaction = shown.transactionId().equals(payment.transactionId());
        return sameTransaction ? shown.version() >= version : shown.completed() && isInquiry(payment, shown);
    }

    private boolean isInquiry(PosPayment payment, ShownVersion shown) {
        return log.since(payment.mark(), TransactionStored.class)
                .anyMatch(
                        stored -> !stored.isPayment() && stored.transactionId().equals(shown.transactionId()));
    }
}
