package dev.terminalcloud.local.rollout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The HTTP client of probes. */
record Prober(HttpClient client) {
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 399;

    boolean succeeds(URI check, Duration timeout) {
        try {
            int status = client.send(
                            HttpRequest.newBuilder(check).timeout(timeout).build(), BodyHandlers.discarding())
                    .statusCode();
            return status >= MIN_STATUS && status <= MAX_STATUS;
        } catch (IOException failed) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
