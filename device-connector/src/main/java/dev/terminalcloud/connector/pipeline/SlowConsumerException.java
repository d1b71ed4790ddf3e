package dev.terminalcloud.connector.pipeline;

/** Thrown if the peer does not read in time what is sent to it. Its connection is closed without waiting any longer. */
public final class SlowConsumerException extends Exception {
    SlowConsumerException() {
        super("Write timeout: the peer does not read");
    }
}
