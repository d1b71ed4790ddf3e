package dev.terminalcloud.pairing.history;

/** Reason why a pairing ended, as it is stored and shown. */
public enum PairingEnd {
    /** The register was paired again: with another device, or with the same one by another code. */
    REGISTER_REPAIRED,
    /** Another register was paired with the device. */
    DEVICE_REPAIRED,
    /** Of earlier releases: the register repeated its claim with other names, and the pairing stayed. */
    NAMES_CHANGED,
    UNPAIRED_BY_DEVICE,
    UNPAIRED_BY_REGISTER,
    UNPAIRED_BY_OPERATOR,
    /** An operator handed the register over to another device. */
    DEVICE_REPLACED
}
