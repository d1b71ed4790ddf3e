package dev.terminalcloud.checker.history;

/** A fault that the checker injects, and the recovery of the stack. */
public sealed interface FaultEntry extends HistoryEntry {

    record FaultBegan(int fault, String name) implements FaultEntry {}

    /** The fault could not be injected, because another fault had removed its target. */
    record FaultNotInjected(int fault, String reason) implements FaultEntry {}

    record FaultEnded(int fault) implements FaultEntry {}

    /** Records were sent to Kafka again. */
    record Repeated(int records) implements FaultEntry {}

    /** An unaffected register has completed a purchase that it began after the start of the fault. */
    record Recovered(int fault, long millis) implements FaultEntry {}
}
