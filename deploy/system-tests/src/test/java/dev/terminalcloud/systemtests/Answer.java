package dev.terminalcloud.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.UUID;

/**
 * What a register got.
 *
 * @param text the body as it came
 */
record Answer(int status, String contentType, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode body() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    UUID transactionId() {
        return UUID.fromString(body().path("transactionId").asText());
    }

    String transactionStatus() {
        return body().path("transactionStatus").asText();
    }

    /** A member of {@code data}, or null. */
    String data(String name) {
        return body().path("data").path(name).asText(null);
    }

    URI pollingUrl() {
        return URI.create(data("PollingUrl"));
    }

    boolean completed() {
        return transactionStatus().equals("COMPLETED");
    }

    boolean delayed() {
        return "OK-DELAYED".equals(data("TransactionResult"));
    }
}
