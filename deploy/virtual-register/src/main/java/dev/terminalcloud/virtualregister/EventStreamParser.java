package dev.terminalcloud.virtualregister;

import java.util.Optional;

/** Parses the lines of an event stream (HTML standard, server-sent events). Not thread-safe. */
public final class EventStreamParser {
    private static final String ID = "id:";
    private static final String DATA = "data:";

    private final StringBuilder data = new StringBuilder();
    private String id = "";

    /** Takes the next line, and returns the event that it ends. */
    public Optional<StreamedEvent> take(String line) {
        if (line.startsWith(ID)) {
            id = line.substring(ID.length()).strip();
        } else if (line.startsWith(DATA)) {
            data.append(line.substring(DATA.length()).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
            StreamedEvent event = new StreamedEvent(id, data.toString());
            data.setLength(0);
            return Optional.of(event);
        }
        return Optional.empty();
    }
}
