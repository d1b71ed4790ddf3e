package dev.terminalcloud.virtualdevice.behaviour;

/** The ending of a payment on the device. */
public enum Ending {
    APPROVE,
    DECLINE,
    CANCEL,
    FAULT,
    UNAVAILABLE
}
