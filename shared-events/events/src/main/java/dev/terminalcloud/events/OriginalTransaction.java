package dev.terminalcloud.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The transaction that a linked refund refunds, as its device reported it; null if the device did not. An event has each as a member of its
 * own.
 *
 * @param originalTransactionId the id under which it is in the journal of the device that ran it; null if the function has no original
 * @param originalTransactionReference what the register called it, if it did
 * @param originalTimestamp the local time of the device that ran it, {@code yyyyMMddHHmmss}
 */
public record OriginalTransaction(
        UUID originalTransactionId,
        String originalAcquirerRef,
        String originalTerminalRef,
        String originalAuthId,
        String originalTransactionReference,
        String originalTimestamp) {
    /** Of a function that refers to no other transaction. */
    public static final OriginalTransaction NONE = new OriginalTransaction(null, null, null, null, null, null);

    /** Returns what is known by its names in the device protocol, in its order. */
    public Map<String, String> byName() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("originalTransactionId", Objects.toString(originalTransactionId, null));
        known.put("originalAcquirerRef", originalAcquirerRef);
        known.put("originalTerminalRef", originalTerminalRef);
        known.put("originalAuthId", originalAuthId);
        known.put("originalTransactionReference", originalTransactionReference);
        known.put("originalTimestamp", originalTimestamp);
        known.values().removeIf(Objects::isNull);
        return known;
    }
}
