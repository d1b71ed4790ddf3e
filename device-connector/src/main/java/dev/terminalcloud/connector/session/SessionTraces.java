package dev.terminalcloud.connector.session;

import dev.terminalcloud.connector.protocol.CommandType;
import dev.terminalcloud.events.DeviceCommand.DeviceTransactionCommand;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.tracing.TraceAttribute;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The traces of one session. The device protocol does not carry them, so what a device says about a transaction follows from the last command
 * about it that this session has delivered. Another session of the device knows none: then transaction-service continues the trace where it
 * began.
 *
 * <p>On the session's event loop. Of a session without a traced command nothing is kept.
 */
final class SessionTraces {
    /** A device runs one transaction at a time, and may still report an earlier one. */
    private static final int MAX_TRANSACTIONS = 4;

    private final Tracing tracing;
    private Map<UUID, String> lastCommands;

    SessionTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Begins the step that delivers the command and ends with its acknowledgement. */
    TraceSpan deliver(SessionCommand command, String traceparent) {
        TraceSpan step = tracing.deliver(DeviceTopics.ALL_COMMANDS, traceparent);
        if (step.isTraced()) {
            step.about(command)
                    .with(TraceAttribute.MESSAGE_TYPE, CommandType.of(command).wireName());
            if (command instanceof DeviceTransactionCommand named) {
                remember(named.transactionId(), step.traceparent());
            }
        }
        return step;
    }

    /** Begins the step that takes a message of the device over. */
    TraceSpan receive(DeviceEvent event) {
        if (lastCommands == null || !(event instanceof DeviceTransactionEvent report)) {
            return TraceSpan.NONE;
        }
        return tracing.receive(DeviceTopics.ALL_EVENTS, lastCommands.get(report.transactionId()))
                .about(event)
                .with(TraceAttribute.EVENT_TYPE, EventCodec.typeOf(event));
    }

    private void remember(UUID transactionId, String traceparent) {
        if (lastCommands == null) {
            lastCommands = new LinkedHashMap<>(MAX_TRANSACTIONS);
        }
        lastCommands.remove(transactionId);
        if (lastCommands.size() == MAX_TRANSACTIONS) {
            lastCommands.remove(lastCommands.keySet().iterator().next());
        }
        lastCommands.put(transactionId, traceparent);
    }
}
