package dev.terminalcloud.checker.workload;

import java.util.UUID;

/**
 * A linked refund that a register requests.
 *
 * @param original the purchase that it refunds
 * @param pairingToken of the register; a repetition sends the same one
 */
record LinkedRefund(UUID original, String function, long amountCents, String pairingToken) {}
