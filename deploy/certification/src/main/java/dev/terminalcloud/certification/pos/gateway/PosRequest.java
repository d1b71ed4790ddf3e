package dev.terminalcloud.certification.pos.gateway;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request of the POS.
 *
 * @param id the pairing code or the transaction id in the path; empty without one
 * @param parameters of the body and the query, by names whose case is ignored
 * @param key the header {@code Idempotency-Key}
 * @param pairingToken the header {@code Pairing-Token}
 * @param wantsStream whether it asks for an event stream
 * @param lastEventId the header {@code Last-Event-ID}
 * @param problems the violations of the rules for its form, in words
 */
public record PosRequest(
        Call call,
        String id,
        Map<String, String> parameters,
        Optional<String> key,
        Optional<String> pairingToken,
        boolean wantsStream,
        Optional<String> lastEventId,
        List<String> problems) {
    static final String ORIGINAL = "OriginalTransactionId";
    static final List<String> NAMES = List.of("POSRegisterID", "POSBusinessName", "POSVendorName");
    private static final String MODE = "TransactionMode";
    private static final List<String> FUNCTIONS = List.of("Acquirer.", "Journal.", "Terminal.");

    /** Copies the parameters. */
    public PosRequest {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(parameters);
        parameters = Collections.unmodifiableMap(sorted);
        problems = List.copyOf(problems);
    }

    /** Returns the value; empty if it is absent. */
    public String text(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /** Returns whether it starts a payment, and not a function such as {@code Journal.GetTransResult}. */
    public boolean isPayment() {
        return call == Call.START && FUNCTIONS.stream().noneMatch(text("TransactionType")::startsWith);
    }

    /** Returns whether it asks the device for its last transaction. */
    public boolean asksDevice() {
        return call == Call.START && text("TransactionType").startsWith("Journal.");
    }

    /** Returns whether it waits for the next version on the polling URL. */
    public boolean isLongPoll() {
        return call == Call.POLL && parameters.containsKey("wait") && !wantsStream;
    }

    /** Returns whether a start with the same key is the same request: all parameters but the mode agree. */
    public boolean isRepetitionOf(PosRequest first) {
        return withoutMode().equals(first.withoutMode());
    }

    private Map<String, String> withoutMode() {
        Map<String, String> compared = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        compared.putAll(parameters);
        compared.remove(MODE);
        return compared;
    }

    /** Returns whether both have the same register id, business and vendor. */
    boolean isOfSameRegister(PosRequest other) {
        return NAMES.stream().allMatch(name -> text(name).equals(other.text(name)));
    }

    /** Returns whether it refunds a certain transaction. */
    public boolean isLinkedRefund() {
        return call == Call.START
                && parameters.containsKey(ORIGINAL)
                && text("TransactionType").endsWith(".Refund");
    }

    /** Returns whether the response to this start is withheld until the end of the transaction. */
    public boolean isSynchronous() {
        return call == Call.START && text(MODE).isEmpty();
    }

    /** Returns the operation, without parameters and headers, which have secrets. */
    @Override
    public String toString() {
        return call + " " + id;
    }
}
