package dev.terminalcloud.events;

/** A record that no reader of its topic can read, now or later: it belongs in the dead-letter topic. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEventException(Topic topic, Throwable cause) {
        super("not an event of " + topic.topicName() + ": " + cause.getMessage(), cause);
    }
}
