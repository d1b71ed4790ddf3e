package dev.terminalcloud.transaction.intake;

import java.util.UUID;

/**
 * Thrown if it is currently unknown whether a transaction was accepted, or what its state is: no response would be
 * correct.
 */
final class InDoubtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InDoubtException(UUID transactionId, Throwable cause) {
        super("Transaction state unknown: transactionId=" + transactionId, cause);
    }
}
