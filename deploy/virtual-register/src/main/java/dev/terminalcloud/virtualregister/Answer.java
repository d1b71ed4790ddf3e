package dev.terminalcloud.virtualregister;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.UUID;

/**
 * The response to a request of a register.
 *
 * @param text the unparsed body
 */
public record Answer(int status, HttpHeaders headers, String text) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Returns the body as JSON; as a text if it is not JSON. */
    public JsonNode body() {
        return parse(text);
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    public String contentType() {
        return header("Content-Type");
    }

    /** Returns the value of the header, or "" if it is absent. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Returns the token of a new pairing. */
    public Optional<String> pairingToken() {
        return headers.firstValue(PosRequests.PAIRING_TOKEN);
    }

    /** Returns the delay that the cloud asks for; 0 if it asks for none. */
    public int retryAfterSeconds() {
        return headers.firstValue("Retry-After").map(Integer::parseInt).orElse(0);
    }

    /** Returns a member of the envelope, or null. */
    public String member(String name) {
        return body().path(name).asText(null);
    }

    /** Returns a member of {@code data}, or null. */
    public String data(String name) {
        return body().path("data").path(name).asText(null);
    }

    /** Returns the text of an error, or null. */
    public String error() {
        return member("error");
    }

    /** Returns the token for polls, or null. */
    public String token() {
        return member("merchantAccessToken");
    }

    public UUID transactionId() {
        return UUID.fromString(body().path("transactionId").asText());
    }

    public String transactionStatus() {
        return body().path("transactionStatus").asText();
    }

    public URI pollingUrl() {
        return URI.create(body().path("data").path("PollingUrl").asText());
    }

    public boolean isCompleted() {
        return transactionStatus().equals("COMPLETED");
    }

    public boolean isDelayed() {
        return "OK-DELAYED".equals(data("TransactionResult"));
    }
}
