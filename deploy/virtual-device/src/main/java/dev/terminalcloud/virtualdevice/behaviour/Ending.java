package dev.terminalcloud.virtualdevice.behaviour;

/** How a payment ends on the device. */
public enum Ending {
    APPROVE,
    DECLINE,
    CANCEL,
    FAULT,
    UNAVAILABLE
}
