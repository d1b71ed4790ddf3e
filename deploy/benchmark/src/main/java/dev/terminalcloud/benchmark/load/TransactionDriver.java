package dev.terminalcloud.benchmark.load;

/** A chain that carries out transactions on devices. Thread-safe. */
public interface TransactionDriver {
    /** Returns the number of devices, each of which carries out one transaction at a time. */
    int devices();

    /**
     * Begins a transaction and returns without waiting for it.
     *
     * @param device from 0; it has no unfinished transaction
     * @param observer called when the transaction reaches its device and when it ends, on any thread
     */
    void begin(int device, TransactionObserver observer);
}
