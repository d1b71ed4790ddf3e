package dev.terminalcloud.connector.session;

import dev.terminalcloud.events.Event;
import dev.terminalcloud.tracing.EventIds;
import dev.terminalcloud.tracing.TraceSpan;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * Log lines about a command or an event of a transaction: in JSON they name it as {@code transactionId}, with {@code traceId} and {@code
 * spanId} if the step is traced. A context of their own is made when there is something to log, not before.
 *
 * @param transactionId null for a command or an event that is not about a transaction, whose lines name nothing
 */
record TransactionLog(UUID transactionId, TraceSpan step) {
    /** Lines about no transaction. */
    static final TransactionLog NONE = new TransactionLog(null, TraceSpan.NONE);

    private static final String TRANSACTION_ID = "transactionId";

    /** Returns the log of the event's transaction; null is an event of none. */
    static TransactionLog of(Event event, TraceSpan step) {
        UUID transactionId = EventIds.transactionOf(event);
        return transactionId == null && !step.isTraced() ? NONE : new TransactionLog(transactionId, step);
    }

    /** As {@link #write}, about this event. */
    static void naming(Event event, TraceSpan step, Runnable work) {
        of(event, step).write(work);
    }

    /**
     * Runs the work at once; its log lines name the transaction. The caller must be on an event loop: its context is that of a connection, so
     * the ids need one of their own.
     */
    void write(Runnable work) {
        if (transactionId == null) {
            work.run();
            return;
        }
        ContextInternal own = ((ContextInternal) Vertx.currentContext()).duplicate();
        ContextInternal caller = own.beginDispatch();
        try {
            MDC.put(TRANSACTION_ID, transactionId.toString());
            step.markLogs();
            work.run();
        } finally {
            own.endDispatch(caller);
        }
    }
}
