package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.CancelRefused;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import java.util.Map;
import java.util.Optional;

/** The signals that the events of devices are, save for results, whose content decides. */
final class DeviceSignals {
    /** The messages of the device protocol that would have ended the transaction if they had not been rejected. */
    private static final Map<String, Signal> REJECTED = Map.of(
            "transaction-finished", Signal.RESULT_UNREADABLE,
            "transaction-refused", Signal.MESSAGE_UNREADABLE);

    private DeviceSignals() {}

    /** @param afterReport true if the device has sent something before that may be its report */
    static Signal of(DeviceTransactionEvent event, boolean afterReport) {
        if (event instanceof TransactionClaimed) {
            return Signal.CLAIMED;
        }
        if (event instanceof TransactionRefused) {
            return afterReport ? Signal.REFUSED_AFTER_REPORT : Signal.REFUSED;
        }
        if (event instanceof TransactionNeverSeen) {
            return Signal.NEVER_SEEN;
        }
        if (event instanceof CancelRefused) {
            return Signal.CANCEL_REFUSED;
        }
        throw new IllegalArgumentException(
                "Unexpected event: " + event.getClass().getSimpleName());
    }

    /** Returns empty for a message that decides nothing. */
    static Optional<Signal> ofRejected(DeviceMessageRejected event) {
        return Optional.ofNullable(REJECTED.get(event.messageType()));
    }
}
