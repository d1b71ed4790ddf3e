package dev.terminalcloud.connector.guard;

/** The peer did not take what was sent to it in time. Its connection is closed without waiting for it any longer. */
public final class NotReadingException extends Exception {
    NotReadingException() {
        super("the peer does not read");
    }
}
