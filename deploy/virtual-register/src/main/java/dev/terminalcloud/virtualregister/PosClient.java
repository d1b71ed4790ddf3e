package dev.terminalcloud.virtualregister;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Sends the requests of registers. Thread-safe.
 *
 * @param timeout until the response begins
 * @param reading what a register reads of a body
 */
public record PosClient(HttpClient http, Duration timeout, UnaryOperator<String> reading) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    /** Longer than the maximum time for which a synchronous request is held. */
    private static final Duration HELD_TIMEOUT = Duration.ofSeconds(125);

    /** Creates a client that reads bodies as they are. */
    public PosClient(HttpClient http, Duration timeout) {
        this(http, timeout, UnaryOperator.identity());
    }

    /** Returns a client with connections of its own and a timeout that a request in synchronous mode needs. */
    public static PosClient open() {
        return new PosClient(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build(),
                HELD_TIMEOUT);
    }

    /**
     * Returns the same client behind another address than the one that polling URLs begin with: it reads them with this address, as if the
     * cloud were configured with it.
     */
    public PosClient behind(URI address, URI publicUrl) {
        String configured = beginningWith(publicUrl);
        String used = beginningWith(address);
        return new PosClient(http, timeout, text -> text.replace(configured, used));
    }

    private static String beginningWith(URI address) {
        return "\"PollingUrl\":\"" + address.toString().replaceFirst("/$", "") + "/";
    }

    /**
     * Sends a request, and returns the response.
     *
     * @throws IOException if it gets no response
     */
    public Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return read(http.send(request.timeout(timeout).build(), BodyHandlers.ofString()));
    }

    private Answer read(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), reading.apply(response.body()));
    }

    /**
     * Sends a request, and returns the response.
     *
     * @throws UncheckedIOException if it gets no response
     */
    public Answer send(HttpRequest.Builder request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Polls at this interval until the started transaction has ended, and returns the last response. */
    public Answer pollUntilCompleted(Answer started, Duration interval) throws IOException, InterruptedException {
        Answer polled = exchange(PosRequests.poll(started.pollingUrl()));
        while (!polled.isCompleted()) {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            polled = exchange(PosRequests.poll(started.pollingUrl()));
        }
        return polled;
    }

    public CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(timeout).build(), BodyHandlers.ofString())
                .thenApply(this::read);
    }
}
