package dev.terminalcloud.tracing;

import dev.terminalcloud.events.Event;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jboss.logging.MDC;

/**
 * A step of a trace from its begin to its end; {@link #NONE} if it is not traced, whose methods do nothing.
 *
 * <p>Thread-safe. A step that is never ended is not exported.
 */
public final class TraceSpan {
    /** The step that is not traced. */
    public static final TraceSpan NONE = new TraceSpan(null);

    private final Span span;

    private TraceSpan(Span span) {
        this.span = span;
    }

    /** Returns a step of this span, or {@link #NONE} if it is not sampled: what follows from it is not traced either. */
    static TraceSpan of(Span span) {
        return span.getSpanContext().isSampled() ? new TraceSpan(span) : NONE;
    }

    /** Returns whether the step is traced. */
    public boolean isTraced() {
        return span != null;
    }

    /** Returns the header {@code traceparent} for what follows from this step; null if it is not traced. */
    public String traceparent() {
        return span == null ? null : TraceParent.format(span.getSpanContext());
    }

    /**
     * Lets the log lines of the current Vert.x context name this step, as {@code traceId} and {@code spanId}. The context must be one of this
     * step's own: a duplicated one.
     */
    public TraceSpan markLogs() {
        if (span != null) {
            MDC.put("traceId", span.getSpanContext().getTraceId());
            MDC.put("spanId", span.getSpanContext().getSpanId());
        }
        return this;
    }

    /** Ends what {@link #markLogs} began. */
    public void unmarkLogs() {
        if (span != null) {
            MDC.remove("traceId");
            MDC.remove("spanId");
        }
    }

    /** Sets an attribute; null sets nothing. */
    public TraceSpan with(TraceAttribute attribute, Object value) {
        if (span != null && value != null) {
            span.setAttribute(attribute.key(), value.toString());
        }
        return this;
    }

    /** Sets the register, the device and the transaction that the event names. */
    public TraceSpan about(Event event) {
        if (span != null) {
            with(TraceAttribute.REGISTER_ID, EventIds.registerOf(event));
            with(TraceAttribute.DEVICE_ID, EventIds.deviceOf(event));
            with(TraceAttribute.TRANSACTION_ID, EventIds.transactionOf(event));
        }
        return this;
    }

    /** Sets the status of a response; one from 500 on is an error. */
    public TraceSpan withStatus(int status) {
        if (span != null) {
            span.setAttribute(TraceAttribute.HTTP_STATUS.key(), status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        return this;
    }

    /** Ends the step. */
    public void end() {
        if (span != null) {
            span.end();
        }
    }

    /** Ends the step as failed; null as successful. Only the class of the failure is recorded: its text may quote anything. */
    public void end(Throwable failure) {
        if (failure == null) {
            end();
        } else {
            fail(failure.getClass().getSimpleName());
        }
    }

    /**
     * Ends the step as failed.
     *
     * @param reason from a fixed list, without any content of a message
     */
    public void fail(String reason) {
        if (span != null) {
            span.setAttribute(TraceAttribute.ERROR_TYPE.key(), reason);
            span.setStatus(StatusCode.ERROR);
            span.end();
        }
    }
}
