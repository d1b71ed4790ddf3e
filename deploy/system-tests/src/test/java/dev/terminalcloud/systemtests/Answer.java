package dev.terminalcloud.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.UUID;

/**
 * The response to a request of a register.
 *
 * @param text the unparsed body
 */
public record Answer(int status, HttpHeaders headers, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    public String contentType() {
        return header("Content-Type");
    }

    /** Returns the value of the header, or "" if it is absent. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public JsonNode body() {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    public UUID transactionId() {
        return UUID.fromString(body().path("transactionId").asText());
    }

    public String transactionStatus() {
        return body().path("transactionStatus").asText();
    }

    /** Returns a member of {@code data}, or null. */
    public String data(String name) {
        return body().path("data").path(name).asText(null);
    }

    /** Returns a member of the envelope, or null. */
    public String member(String name) {
        return body().path(name).asText(null);
    }

    public URI pollingUrl() {
        return URI.create(data("PollingUrl"));
    }

    public boolean completed() {
        return transactionStatus().equals("COMPLETED");
    }

    public boolean delayed() {
        return "OK-DELAYED".equals(data("TransactionResult"));
    }
}
