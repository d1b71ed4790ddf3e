package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceCommand;
import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import java.util.UUID;
import java.util.function.BiFunction;

/** The commands of a change to the transaction's device, appended to the outbox; a change without a route has none. */
final class DeviceCommands {
    private DeviceCommands() {}

    static void grant(Change change) {
        append(change, (transaction, session) -> new GrantStart(transaction.deviceId(), session, transaction.id()));
    }

    static void refuse(Change change) {
        append(change, (transaction, session) -> new RefuseStart(transaction.deviceId(), session, transaction.id()));
    }

    static void cancel(Change change) {
        append(
                change,
                (transaction, session) -> new CancelTransaction(transaction.deviceId(), session, transaction.id()));
    }

    static void requestReport(Change change) {
        change.route().ifPresent(route -> requestReport(change.write(), change.transaction(), route));
    }

    static void requestReport(WriteTransaction write, Transaction transaction, DeviceRoute route) {
        write.append(
                Topic.DEVICE_COMMANDS,
                route.connectorIndex(),
                new ReportTransaction(transaction.deviceId(), route.sessionId(), transaction.id()));
    }

    /**
     * Refuses the start to a device that has the offer, so that it deletes the offer at once; one that refused has
     * nothing to delete.
     */
    static void withdraw(Change change) {
        if (!(change.event() instanceof TransactionRefused)) {
            refuse(change);
        }
    }

    private static void append(Change change, BiFunction<Transaction, UUID, DeviceCommand> command) {
        change.route().ifPresent(route -> change.write()
                .append(
                        Topic.DEVICE_COMMANDS,
                        route.connectorIndex(),
                        command.apply(change.transaction(), route.sessionId())));
    }
}
