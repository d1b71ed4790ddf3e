package dev.terminalcloud.virtualregister;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of an event stream.
 *
 * @param id the value for {@code Last-Event-ID}
 * @param text the state of the transaction, unparsed
 */
public record StreamedEvent(String id, String text) {

    /** Returns the state of the transaction; a text if it is not JSON. */
    public JsonNode data() {
        return Answer.parse(text);
    }
}
