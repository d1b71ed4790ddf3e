package dev.terminalcloud.connector.session;

import dev.terminalcloud.events.DeviceCommand.DeviceTransactionCommand;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import java.util.UUID;

/**
 * The transaction that a session has last named to its device, or its device to it, as long as neither has said that it is over. It
 * decides nothing but whether this is a good moment to move the device to another connector. On the session's event loop.
 */
final class OpenTransaction {
    private UUID id;

    /** Returns whether there is one. */
    boolean isPresent() {
        return id != null;
    }

    /** Handles a command that is delivered to the device. */
    void sent(SessionCommand command) {
        if (command instanceof DeviceTransactionCommand named) {
            named(named.transactionId(), command instanceof RefuseStart);
        }
    }

    /** Handles an event of the device. */
    void received(DeviceEvent event) {
        if (event instanceof DeviceTransactionEvent report) {
            named(report.transactionId(), isLast(report));
        }
    }

    private static boolean isLast(DeviceTransactionEvent report) {
        return report instanceof TransactionFinished
                || report instanceof TransactionRefused
                || report instanceof TransactionNeverSeen;
    }

    private void named(UUID transactionId, boolean over) {
        if (!over) {
            id = transactionId;
        } else if (transactionId.equals(id)) {
            id = null;
        }
    }
}
