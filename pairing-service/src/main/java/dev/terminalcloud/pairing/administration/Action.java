package dev.terminalcloud.pairing.administration;

/** What an operator can do to a device. The names are in the audit trail and in its filter. */
enum Action {
    /** Let it in with a secret, whether it is new, known or revoked. */
    REGISTER,
    ROTATE_SECRET,
    REVOKE,
    /** Let a revoked device in again, with a secret of its own. */
    READMIT,
    REPLACE,
    UNPAIR,
    PROBE
}
