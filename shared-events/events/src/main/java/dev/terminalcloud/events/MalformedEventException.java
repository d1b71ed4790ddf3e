package dev.terminalcloud.events;

/** A record that no reader of its topic can parse, now or later: it belongs on the dead-letter topic. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEventException(Topic topic, Throwable cause) {
        super("Malformed event on topic " + topic.topicName() + ": " + cause.getMessage(), cause);
    }
}
