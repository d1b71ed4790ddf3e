package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.PosRequest;
import dev.terminalcloud.certification.trace.EventLog;
import java.util.function.Predicate;

/** An optional feature of the POS API, and the requests that show its use. */
public enum PosFeature {
    ASYNCHRONOUS_MODE(
            "asynchronous mode",
            "The POS starts in synchronous mode",
            request -> request.isPayment() && !request.isSynchronous()),
    IDEMPOTENCY_KEY(
            "Idempotency-Key",
            "The POS sends no Idempotency-Key",
            request -> request.isPayment() && request.key().isPresent()),
    OWN_REFERENCE("POSReferenceID", "The POS sends no POSReferenceID", request -> !request.text("POSReferenceID")
            .isEmpty()),
    PAIRING_TOKEN("pairing token", "The POS sends no Pairing-Token", request -> request.pairingToken()
            .isPresent()),
    LONG_POLL("long poll", "The POS does not use long polls", PosRequest::isLongPoll),
    EVENT_STREAM(
            "event stream",
            "The POS opens no event stream",
            request -> request.call() == Call.POLL && request.wantsStream()),
    CALLBACK(
            "completion callback",
            "The POS sends no PosNotificationCallbackUrl",
            request -> request.isPayment()
                    && !request.text("PosNotificationCallbackUrl").isEmpty()),
    CANCEL("cancellation", "The POS sends no request to cancel", request -> request.call() == Call.CANCEL),
    LINKED_REFUND("linked refund", "The POS sends no OriginalTransactionId", PosRequest::isLinkedRefund),
    LOOK_UP(
            "look-up",
            "The POS looks no transaction up",
            request -> request.call() == Call.LIST || request.call() == Call.LOOK_UP),
    DEVICE_INQUIRY("Journal.GetTransResult", "The POS does not ask the device", PosRequest::asksDevice);

    private final String words;
    private final String absence;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Predicate<PosRequest> use;

    PosFeature(String words, String absence, Predicate<PosRequest> use) {
        this.words = words;
        this.absence = absence;
        this.use = use;
    }

    /** Returns its name in the report. */
    public String words() {
        return words;
    }

    /** Returns the reason why checks of it are not run. */
    String absence() {
        return absence;
    }

    boolean isUsedBy(PosRequest request) {
        return use.test(request);
    }

    /** Returns whether the POS has used it. */
    public boolean isUsedIn(EventLog<GatewayEvent> log) {
        return log.all(RequestReceived.class).anyMatch(received -> use.test(received.request()));
    }
}
