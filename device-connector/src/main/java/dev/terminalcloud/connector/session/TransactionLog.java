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
 * spanId} if the step is traced. Costs nothing until there is something to log.
 */
final class TransactionLog {
    private static final String TRANSACTION_ID = "transactionId";

    private TransactionLog() {}

    /**
     * Runs the work at once; its log lines name the transaction, if the event is about one. The caller must be on an event loop: its
     * context is that of a connection, so the ids need one of their own.
     */
    static void naming(Event event, TraceSpan step, Runnable work) {
        UUID transactionId = EventIds.transactionOf(event);
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
