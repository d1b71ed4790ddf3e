package dev.terminalcloud.administration;

/** What an operator can do, in either service. The names are in the audit trail and in its filter. */
public enum AuditAction {
    /** Let a device in with a secret, whether it is new, known or revoked. */
    REGISTER,
    ROTATE_SECRET,
    REVOKE,
    /** Let a revoked device in again, with a secret of its own. */
    READMIT,
    REPLACE,
    UNPAIR,
    PROBE,
    /** Say how a transaction ended, where its device does not. */
    RESOLVE_TRANSACTION,
    /** Have a dead letter read again. */
    RETRY_DEAD_LETTER,
    /** Give a dead letter up. */
    DROP_DEAD_LETTER
}
