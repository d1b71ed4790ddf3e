package dev.terminalcloud.checker.plan;

/** An incident at the device while it has the transaction. */
public enum DeviceIncident {
    NONE,
    POWER_CUT,
    UNPLUGGED,
    /** The customer cancels the payment at the device. */
    CANCELLED_BY_HAND
}
