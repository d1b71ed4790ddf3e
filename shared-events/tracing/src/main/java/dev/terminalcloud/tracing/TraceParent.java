package dev.terminalcloud.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;

/**
 * The header {@code traceparent} (W3C Trace Context), which names the trace and the span that something follows from. The header {@code
 * tracestate} is not used.
 */
final class TraceParent {
    static final String HEADER = "traceparent";

    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

    private TraceParent() {}

    /** Returns the context that the header names; an invalid one if the header is absent or malformed. */
    static SpanContext parse(String header) {
        return header == null
                ? SpanContext.getInvalid()
                : Span.fromContext(FORMAT.extract(Context.root(), header, Value.GETTER))
                        .getSpanContext();
    }

    /** Returns the header that names the context. */
    static String format(SpanContext context) {
        String[] header = new String[1];
        FORMAT.inject(Context.root().with(Span.wrap(context)), header, (carrier, name, value) -> {
            if (name.equals(HEADER)) {
                carrier[0] = value;
            }
        });
        return header[0];
    }

    /** Reads the header from its value alone. */
    private enum Value implements TextMapGetter<String> {
        GETTER;

        @Override
        public Iterable<String> keys(String value) {
            return List.of(HEADER);
        }

        @Override
        public String get(String value, String name) {
            return name.equals(HEADER) ? value : null;
        }
    }
}
