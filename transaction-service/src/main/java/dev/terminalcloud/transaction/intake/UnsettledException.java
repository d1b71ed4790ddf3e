package dev.terminalcloud.transaction.intake;

import java.util.UUID;

/** Nobody can tell at the moment whether a transaction was taken in: there is no true answer to give. */
final class UnsettledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsettledException(UUID transactionId, Throwable cause) {
        super("the database can't tell whether it has transactionId=" + transactionId, cause);
    }
}
