package dev.terminalcloud.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import java.util.Arrays;

/** The traced sending of rows, by the relay too: a row that a crash left behind still belongs to the trace of its request. */
final class RowTraces {
    private final Tracing tracing;

    RowTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Begins the step that sends the row, whose record has its {@code traceparent}. */
    TraceSpan begin(OutboxRow row) {
        TraceSpan sending = tracing.send(row.topic(), row.traceparent());
        if (sending.isTraced()) {
            sending.with(TraceAttribute.EVENT_TYPE, row.type()).with(TraceAttribute.MESSAGE_ID, row.id());
            describe(sending, row);
        }
        return sending;
    }

    private static void describe(TraceSpan sending, OutboxRow row) {
        Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(row.topic()))
                .findFirst()
                .ifPresent(topic -> describe(sending, topic, row));
    }

    /** The row of a later release may be unknown here. */
    private static void describe(TraceSpan sending, Topic topic, OutboxRow row) {
        try {
            sending.about(EventCodec.decode(topic, row.payload().getBytes(UTF_8)));
        } catch (MalformedEventException e) {
            sending.with(TraceAttribute.ERROR_TYPE, e.getClass().getSimpleName());
        }
    }
}
