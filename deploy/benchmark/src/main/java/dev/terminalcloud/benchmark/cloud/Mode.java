package dev.terminalcloud.benchmark.cloud;

/** The mode in which a register starts transactions. */
public enum Mode {
    /** The answer to the start is the result. */
    SYNC,
    /** The register polls for the result. */
    ASYNC
}
