package dev.terminalcloud.virtualregister;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/**
 * The requests of the POS API. They have no timeout.
 *
 * @param publicUrl the public address of the cloud
 */
public record PosRequests(URI publicUrl) {
    public static final String PAIRING_TOKEN = "Pairing-Token";
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Returns an address below {@code /POS}, or below the public address if the path begins with a slash. */
    public URI url(String path) {
        String base = publicUrl.toString().replaceFirst("/$", "");
        return URI.create(path.startsWith("/") ? base + path : base + "/POS/" + path);
    }

    /** Returns a request to this address with the content type of a form. */
    public static HttpRequest.Builder form(URI url) {
        return HttpRequest.newBuilder(url).header("Content-Type", FormBody.CONTENT_TYPE);
    }

    public HttpRequest.Builder pair(String code, Map<String, String> parameters) {
        return form(url("Pairing/" + code)).PUT(BodyPublishers.ofString(FormBody.encode(parameters)));
    }

    public HttpRequest.Builder unpair(Map<String, String> names, String pairingToken) {
        return HttpRequest.newBuilder(url("Pairing?" + FormBody.encode(names)))
                .header(PAIRING_TOKEN, pairingToken)
                .DELETE();
    }

    public HttpRequest.Builder start(Map<String, String> parameters) {
        return form(url("Transaction")).POST(BodyPublishers.ofString(FormBody.encode(parameters)));
    }

    /** Starts a transaction that was not started with this key before. */
    public HttpRequest.Builder start(Map<String, String> parameters, String idempotencyKey) {
        return start(parameters).header(IDEMPOTENCY_KEY, idempotencyKey);
    }

    /** Lists the transactions of a register. */
    public HttpRequest.Builder list(Map<String, String> parameters, String pairingToken) {
        return HttpRequest.newBuilder(url("Transaction?" + FormBody.encode(parameters)))
                .header(PAIRING_TOKEN, pairingToken);
    }

    /** Finds a transaction by its id. */
    public HttpRequest.Builder find(String transactionId, String pairingToken) {
        return HttpRequest.newBuilder(url("Transaction/" + transactionId)).header(PAIRING_TOKEN, pairingToken);
    }

    /** Asks for the state of the register's device. */
    public HttpRequest.Builder device(Map<String, String> parameters, String pairingToken) {
        return HttpRequest.newBuilder(url("Device?" + FormBody.encode(parameters)))
                .header(PAIRING_TOKEN, pairingToken);
    }

    public static HttpRequest.Builder poll(URI pollingUrl) {
        return HttpRequest.newBuilder(pollingUrl).GET();
    }

    /** Waits for another version than this one. */
    public static HttpRequest.Builder longPoll(URI pollingUrl, long version, Duration wait) {
        return poll(URI.create(pollingUrl + "&wait=" + wait.toSeconds() + "&version=" + version));
    }

    /** Opens the event stream of a transaction. */
    public static HttpRequest.Builder stream(URI pollingUrl) {
        return HttpRequest.newBuilder(pollingUrl).header("Accept", "text/event-stream");
    }

    /** Opens the event stream of a transaction after an event. */
    public static HttpRequest.Builder resumeStream(URI pollingUrl, String lastEventId) {
        return stream(pollingUrl).header("Last-Event-ID", lastEventId);
    }

    public static HttpRequest.Builder cancel(URI pollingUrl) {
        return HttpRequest.newBuilder(URI.create(pollingUrl.toString().replace("?", "/cancel?")))
                .POST(BodyPublishers.noBody());
    }
}
