package dev.terminalcloud.administration;

/** Actions of operators, in either service. The names are stored in the audit trail and are the values of its filter. */
public enum AuditAction {
    /** Let a device connect with a secret, whether it is new, known or revoked. */
    REGISTER,
    ROTATE_SECRET,
    REVOKE,
    /** Let a revoked device connect again, with a new secret. */
    READMIT,
    /** Set the owner of a device. */
    SET_OWNER,
    REMOVE_OWNER,
    REPLACE,
    UNPAIR,
    PROBE,
    /** Resolve a transaction manually, whose device does not report the outcome. */
    RESOLVE_TRANSACTION,
    /** Send a dead letter to its source topic again. */
    RETRY_DEAD_LETTER,
    /** Give up a dead letter. */
    DROP_DEAD_LETTER
}
