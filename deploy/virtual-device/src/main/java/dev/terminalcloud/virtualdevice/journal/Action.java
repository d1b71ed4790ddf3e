package dev.terminalcloud.virtualdevice.journal;

import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import java.util.UUID;

/** What a decision asks the device to do; a decision is a list of these, carried out in its order. */
public sealed interface Action {

    /** Must be durable before the next action begins. */
    record Write(JournalEntry entry) implements Action {}

    record Send(DeviceMessage.TransactionUpdate message) implements Action {}

    /** Show the payment: from here on the customer may pay. */
    record Run(Offer offer) implements Action {}

    /** Stop the running payment if it still can be. */
    record Stop(UUID transactionId) implements Action {}

    /** Say again what the customer is asked to do now. */
    record RepeatProgress(UUID transactionId) implements Action {}
}
