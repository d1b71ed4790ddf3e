package dev.terminalcloud.outbox;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.tracing.EventIds;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The traces that the events of one database transaction continue, each as a {@code traceparent}. Of what is not traced nothing is kept: then
 * this is three null fields.
 */
final class TraceContexts {
    private Map<Event, String> received;
    private Map<UUID, String> ofTransactions;
    private String ofOthers;

    void received(Event event, String traceparent) {
        if (traceparent != null) {
            received = received == null ? new IdentityHashMap<>() : received;
            received.put(event, traceparent);
        }
    }

    void continueFrom(UUID transactionId, String traceparent) {
        if (traceparent != null) {
            ofTransactions = ofTransactions == null ? new HashMap<>() : ofTransactions;
            ofTransactions.put(transactionId, traceparent);
        }
    }

    void continueFrom(String traceparent) {
        ofOthers = traceparent;
    }

    /** Returns the step that processes the received event; the other one if that is not traced. */
    String of(Event event, String otherwise) {
        return received == null ? otherwise : received.getOrDefault(event, otherwise);
    }

    /** Returns the step that an appended event follows from; null without one. */
    String of(Event appended) {
        if (ofTransactions == null) {
            return EventIds.transactionOf(appended) == null ? ofOthers : null;
        }
        UUID transactionId = EventIds.transactionOf(appended);
        return transactionId == null ? ofOthers : ofTransactions.get(transactionId);
    }
}
