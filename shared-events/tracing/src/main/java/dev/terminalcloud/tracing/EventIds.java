package dev.terminalcloud.tracing;

import dev.terminalcloud.events.DeviceCommand.DeviceTransactionCommand;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingEvent.RegisterState;
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

    /** Returns the register of a pairing; null for any other event. */
    static String registerOf(Event event) {
        if (event instanceof RegisterState state) {
            return state.registerId();
        }
        return event instanceof PairingConfirmed confirmed ? confirmed.registerId() : null;
    }

    /** Returns the device of a command, of a device's event or of a pairing; null for any other event. */
    static String deviceOf(Event event) {
        if (event instanceof SessionCommand command) {
            return command.deviceId();
        }
        if (event instanceof RegisterState state) {
            return state.deviceId();
        }
        return event instanceof SessionEvent report ? report.deviceId() : null;
    }
}
