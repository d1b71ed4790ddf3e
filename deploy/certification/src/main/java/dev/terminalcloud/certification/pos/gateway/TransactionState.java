package dev.terminalcloud.certification.pos.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a transaction that the device determines.
 *
 * @param data the members of {@code data} beside those of the request
 * @param unknownMembers members at the root that the POS API does not have
 */
public record TransactionState(boolean completed, Map<String, String> data, Map<String, String> unknownMembers) {

    /** Copies the members. */
    public TransactionState {
        data = new LinkedHashMap<>(data);
        unknownMembers = new LinkedHashMap<>(unknownMembers);
    }

    /** Returns the state of a transaction that has not ended. */
    public static TransactionState pending(Map<String, String> data) {
        return new TransactionState(false, data, Map.of());
    }

    /** Returns the state of a transaction that has ended. */
    public static TransactionState completed(Map<String, String> data) {
        return new TransactionState(true, data, Map.of());
    }

    /** Returns the state with another member of {@code data}. */
    public TransactionState with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(data);
        more.put(name, value);
        return new TransactionState(completed, more, unknownMembers);
    }

    /** Returns the state with members that the POS API does not have, at the root. */
    public TransactionState withUnknownMembers(Map<String, String> members) {
        return new TransactionState(completed, data, members);
    }
}
