package dev.terminalcloud.transaction.lifecycle;

/** How far a transaction has certainly got on its way to the device (POS API, section 10, {@code data.Delivery}). */
public enum Delivery {
    /** Accepted; whether the device has it is not known. */
    QUEUED("QUEUED"),
    /** The device has it, and may not act on it yet. */
    SENT("SENT"),
    /** The device may act on it, or has. */
    STARTED("STARTED"),
    /** The device never did and never will act on it. */
    NOT_STARTED("NOT-STARTED");

    private final String wireName;

    Delivery(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the value in the POS API. */
    public String wireName() {
        return wireName;
    }
}
