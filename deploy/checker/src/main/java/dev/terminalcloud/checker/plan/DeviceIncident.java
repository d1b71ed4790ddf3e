package dev.terminalcloud.checker.plan;

/** What happens to the device while it has the transaction. */
public enum DeviceIncident {
    NONE,
    POWER_CUT,
    UNPLUGGED,
    /** Somebody at the device ends the payment. */
    CANCELLED_BY_HAND
}
