package dev.terminalcloud.virtualregister;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of an event stream.
 *
 * @param id the value for {@code Last-Event-ID}
 * @param data the state of the transaction; a text if it is not JSON
 */
public record StreamedEvent(String id, JsonNode data) {}
