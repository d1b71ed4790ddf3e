package dev.terminalcloud.transaction.intake;

import java.util.UUID;

/** Nobody can tell at the moment whether a transaction was taken in, or how it stands: there is no true answer to give. */
final class InDoubtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InDoubtException(UUID transactionId, Throwable cause) {
        super("the database tells nothing of transactionId=" + transactionId, cause);
    }
}
