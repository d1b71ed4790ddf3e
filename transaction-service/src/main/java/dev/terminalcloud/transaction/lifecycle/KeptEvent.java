package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionFinished;
import dev.terminalcloud.events.EventCodec;

/**
 * The JSON of a device event that is stored because it can't be applied: without a receipt, and of limited size. The
 * connectors limit each text; only those of an older release pass on more than fits, and then the beginning is kept as text.
 */
final class KeptEvent {
    /** The text of 4 KiB that a connector keeps of a message, with each character escaped, and the members around it. */
    static final int MAX_LENGTH = 10_000;

    private static final int MAX_TEXT_LENGTH = 4_096;

    private KeptEvent() {}

    static String of(SessionEvent event) {
        String json = EventCodec.encode(withoutReceipt(event));
        return json.length() <= MAX_LENGTH ? json : EventCodec.encode(beginning(event, json));
    }

    private static SessionEvent withoutReceipt(SessionEvent event) {
        return event instanceof TransactionFinished finished
                ? new TransactionFinished(
                        finished.deviceId(),
                        finished.sessionId(),
                        finished.transactionId(),
                        finished.report().withoutReceipt(),
                        finished.ignoredMembers())
                : event;
    }

    private static SessionEvent beginning(SessionEvent event, String json) {
        return new DeviceMessageUnreadable(
                event.deviceId(), event.sessionId(), "too large to be kept", json.substring(0, MAX_TEXT_LENGTH));
    }
}
