package dev.terminalcloud.connector.pipeline;

/** The peer did not take what was sent to it in time. Its connection is closed without waiting for it any longer. */
public final class SlowConsumerException extends Exception {
    SlowConsumerException() {
        super("the peer does not read");
    }
}
