package dev.terminalcloud.tracing;

import dev.terminalcloud.events.EventMetadata;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Begins the steps of traces. A trace begins with a request of a register, and goes on wherever its {@code traceparent} goes: with the rows
 * of the outbox, the headers of Kafka's records, and the stored transaction. Nothing else begins one.
 *
 * <p>Without {@code tracing.endpoint} each method returns {@link TraceSpan#NONE} at once, and nothing runs. Thread-safe; never blocks, and
 * drops spans while the collector does not keep up.
 */
@Singleton
public class Tracing {
    private final Tracer tracer;
    private final boolean trustsCallers;
    private final Runnable close;

    /** @throws IllegalArgumentException if a value is invalid; the text names the key */
    @Inject
    Tracing(TracingConfiguration configuration, @ConfigProperty(name = "quarkus.application.name") String service) {
        this(SpanExport.begin(configuration, service), configuration.trustCallers());
    }

    private Tracing(Optional<SpanExport> export, boolean trustsCallers) {
        this.tracer = export.map(SpanExport::tracer).orElse(null);
        this.trustsCallers = trustsCallers;
        this.close = export.<Runnable>map(exporting -> exporting::close).orElse(() -> {});
    }

    /** Returns one that traces nothing. */
    public static Tracing off() {
        return new Tracing(Optional.empty(), false);
    }

    /** Returns one that exports in this way, whatever the configuration. */
    public static Tracing of(SpanExport export, boolean trustsCallers) {
        return new Tracing(Optional.of(export), trustsCallers);
    }

    /** Creates this bean at startup, so that an invalid value ends it. */
    void begin(@Observes StartupEvent event) {}

    /** Returns whether anything is traced. */
    public boolean isOn() {
        return tracer != null;
    }

    /**
     * Begins the trace of a request.
     *
     * @param route the path with the names of its variables: never a query, and never what a client has chosen
     * @param traceparent the header that the client has sent; null without one. It is linked, and continued only if callers are trusted
     */
    public TraceSpan request(String method, String route, String traceparent) {
        if (tracer == null) {
            return TraceSpan.NONE;
        }
        SpanContext caller = TraceParent.parse(traceparent);
        SpanBuilder span = tracer.spanBuilder("%s %s".formatted(method, route)).setSpanKind(SpanKind.SERVER);
        if (caller.isValid() && trustsCallers) {
            span.setParent(Context.root().with(Span.wrap(caller)));
        } else {
            span.setNoParent();
        }
        if (caller.isValid() && !trustsCallers) {
            span.addLink(caller);
        }
        return TraceSpan.of(span.startSpan())
                .with(TraceAttribute.HTTP_METHOD, method)
                .with(TraceAttribute.HTTP_ROUTE, route);
    }

    /** Begins a step that sends a record to the topic. The record must have the header that {@link #write} adds. */
    public TraceSpan send(String topic, String parent) {
        return message("send", SpanKind.PRODUCER, "kafka", topic, parent);
    }

    /** Begins the step that processes a record; the step is not traced if the record has no valid {@code traceparent}. */
    public TraceSpan process(String topic, Headers headers) {
        return tracer == null ? TraceSpan.NONE : process(topic, headers.lastHeader(TraceParent.HEADER), headers);
    }

    private TraceSpan process(String topic, Header traceparent, Headers headers) {
        if (traceparent == null) {
            return TraceSpan.NONE;
        }
        return message("process", SpanKind.CONSUMER, "kafka", topic, valueOf(traceparent))
                .with(TraceAttribute.EVENT_TYPE, EventMetadata.typeOf(headers).orElse(null));
    }

    /** Begins a step that delivers a message to a device. */
    public TraceSpan deliver(String destination, String parent) {
        return message("deliver", SpanKind.PRODUCER, "mqtt", destination, parent);
    }

    /** Begins a step that processes a message of a device. */
    public TraceSpan receive(String destination, String parent) {
        return message("receive", SpanKind.CONSUMER, "mqtt", destination, parent);
    }

    /** Begins a step that writes to the database. */
    public TraceSpan store(String name, String parent) {
        return child(name, SpanKind.CLIENT, parent)
                .with(TraceAttribute.DATABASE_SYSTEM, "postgresql")
                .with(TraceAttribute.DATABASE_OPERATION, "INSERT");
    }

    /** Begins a step that sends a request to a server of others. */
    public TraceSpan call(String name, String parent) {
        return child(name, SpanKind.CLIENT, parent);
    }

    /** Adds the header {@code traceparent}, unless it is null. */
    public static void write(String traceparent, Headers headers) {
        if (traceparent != null) {
            headers.add(TraceParent.HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private TraceSpan message(String operation, SpanKind kind, String system, String destination, String parent) {
        if (parent == null || tracer == null) {
            return TraceSpan.NONE;
        }
        return child("%s %s".formatted(operation, destination), kind, parent)
                .with(TraceAttribute.MESSAGING_SYSTEM, system)
                .with(TraceAttribute.MESSAGING_OPERATION, kind == SpanKind.PRODUCER ? "send" : "process")
                .with(TraceAttribute.MESSAGING_DESTINATION, destination);
    }

    private TraceSpan child(String name, SpanKind kind, String parent) {
        if (tracer == null || parent == null) {
            return TraceSpan.NONE;
        }
        SpanContext context = TraceParent.parse(parent);
        return context.isValid()
                ? TraceSpan.of(tracer.spanBuilder(name)
                        .setSpanKind(kind)
                        .setParent(Context.root().with(Span.wrap(context)))
                        .startSpan())
                : TraceSpan.NONE;
    }

    private static String valueOf(Header header) {
        return header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** Exports what has ended, for two seconds at most. */
    @PreDestroy
    void close() {
        close.run();
    }
}
