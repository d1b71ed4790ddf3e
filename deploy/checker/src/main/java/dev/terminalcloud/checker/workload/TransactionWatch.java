package dev.terminalcloud.checker.workload;

import java.time.Duration;

/** The way in which a register waits for the end of a transaction. For one thread. */
interface TransactionWatch {

    /** Reads the current state, and returns whether the transaction has ended. */
    boolean hasEnded() throws InterruptedException;

    /** Waits until it is worthwhile to read the state again, at most for this time. */
    void await(Duration atMost) throws InterruptedException;

    /** Reads no longer. */
    void close();
}
