package dev.terminalcloud.certification.pos;

/** The parts of the POS API that a scripted POS uses. */
enum PosProfile {
    /** The original API: it polls, and asks the device when it is in doubt. */
    ORIGINAL,
    /** The original API in synchronous mode. */
    SYNCHRONOUS,
    /** Keys, pairing token, event streams, callbacks and cancellations. */
    COMPLETE,
    /** The same, with long polls. */
    LONG_POLLS;

    boolean isComplete() {
        return this == COMPLETE || this == LONG_POLLS;
    }
}
