package dev.terminalcloud.tracing;

import dev.terminalcloud.events.DeviceCommand.DeviceTransactionCommand;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import java.util.UUID;

/** The ids that an event names. */
public final class EventIds {
    private EventIds() {}

    /** Returns the transaction that the event is about; null if it is not about one. */
    public static UUID transactionOf(Event event) {
        if (event instanceof DeviceTransactionCommand command) {
            return command.transactionId();
        }
        if (event instanceof DeviceTransactionEvent report) {
            return report.transactionId();
        }
        return event instanceof TransactionChange change ? change.transactionId() : null;
    }

    /** Returns the device of a command or of a device's event; null for any other event. */
    static String deviceOf(Event event) {
        if (event instanceof SessionCommand command) {
            return command.deviceId();
        }
        return event instanceof SessionEvent report ? report.deviceId() : null;
    }
}
