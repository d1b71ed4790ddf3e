package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import java.util.List;
import java.util.Optional;

/**
 * Input of one step of {@link Lifecycle}.
 *
 * @param event null if no device sent one about the transaction
 * @param report the outcome; null if the signal has none
 * @param remarks the reasons to store the event beside the outcome that it reports
 */
record Change(
        WriteTransaction write,
        Transaction transaction,
        DeviceTransactionEvent event,
        DeviceReport report,
        List<DiscrepancyReason> remarks,
        Optional<DeviceRoute> route) {

    Change(
            WriteTransaction write,
            Transaction transaction,
            DeviceTransactionEvent event,
            DeviceReport report,
            Optional<DeviceRoute> route) {
        this(write, transaction, event, report, List.of(), route);
    }

    /** Creates the input of a step that neither has an outcome nor commands the device. */
    static Change of(WriteTransaction write, Transaction transaction, DeviceTransactionEvent event) {
        return new Change(write, transaction, event, null, Optional.empty());
    }
}
