package dev.terminalcloud.virtualdevice.journal;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import java.util.UUID;

/** An action of the device; a decision is a list of actions, carried out in its order. */
public sealed interface Action {

    /** Writes the entry to the journal, durably before the next action begins. */
    record Write(JournalEntry entry) implements Action {}

    record Send(DeviceMessage.TransactionUpdate message) implements Action {}

    /** Shows the payment: from here on the customer may pay. */
    record Run(Offer offer) implements Action {}

    /** Stops the running payment if that is still possible. */
    record Stop(UUID transactionId) implements Action {}

    /** Sends the current prompt again. */
    record RepeatProgress(UUID transactionId) implements Action {}
}
