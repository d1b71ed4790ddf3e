package dev.terminalcloud.virtualdevice.behaviour;

/** The steps of a transaction at which a device can misbehave. */
public enum TransactionStep {
    /** The claim is sent: before it, or after the cloud acknowledged it. */
    CLAIM,
    /** The grant arrives: before it is handled, or after {@code running} is in the journal. */
    GRANT,
    /** The first prompt is sent: before it, or after the cloud acknowledged it. */
    PROGRESS,
    /** The result is in the journal and is sent: before it, or after the cloud acknowledged it. */
    FINISHED
}
