package dev.terminalcloud.benchmark.load;

/** Observer of one transaction. Thread-safe; repeated calls have no effect. */
public interface TransactionObserver {
    /** The device has received the transaction. */
    void reachedDevice();

    /** The register knows the result: the transaction was approved. */
    void ended();

    /** The transaction was rejected, or ended in another way than the device reported. */
    void failed(String reason);
}
