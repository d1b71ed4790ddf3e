package dev.terminalcloud.benchmark;

/** How a register waits for the end of its transaction. */
enum HeldRequestMode {
    /** Its start is answered at the end. */
    SYNC,
    /** It polls with {@code wait=50}, again and again. */
    LONG_POLL,
    /** It reads the event stream. */
    STREAM;

    /** Returns the line that tells {@link HeldRegisters} to wait for this customer. */
    String line(WaitingCustomer customer) {
        return name() + " " + (this == SYNC ? customer.purchase() : customer.polling());
    }
}
