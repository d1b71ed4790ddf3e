package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.EventStreamParser;
import dev.terminalcloud.virtualregister.PosRequests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Registers that wait concurrently, in a process of their own: each holds a connection, and the number of connections of a process is
 * limited. Each line of the input is a {@link HeldRequestMode} and, after a space, the body of a start or the polling URL without its origin; the
 * body of each final answer is a line of the output.
 */
final class HeldRegisters {
    private static final Duration MAX_WAIT = Duration.ofSeconds(50);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;

    private HeldRegisters(URI service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws IOException {
        HeldRegisters registers = new HeldRegisters(URI.create(arguments[0]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = line.indexOf(' ');
            registers.wait(HeldRequestMode.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
        System.exit(0);
    }

    private void wait(HeldRequestMode mode, String request) {
        CompletableFuture<Void> unused =
                answerTo(mode, request).handle(HeldRegisters::bodyOrFailure).thenAccept(HeldRegisters::printLine);
    }

    private CompletableFuture<String> answerTo(HeldRequestMode mode, String request) {
        return switch (mode) {
            case SYNC -> post(request);
            case LONG_POLL -> poll(request, 0);
            case STREAM -> stream(request);
        };
    }

    private CompletableFuture<String> post(String body) {
        HttpRequest request = PosRequests.form(new PosRequests(service).url("Transaction"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    /** Polls until the transaction has ended; the state is news to a register that has seen none. */
    private CompletableFuture<String> poll(String polling, long version) {
        HttpRequest request = PosRequests.longPoll(service.resolve(polling), version, MAX_WAIT)
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(Answer::of)
                .thenCompose(answer -> answer.isCompleted() || answer.status() != 200
                        ? CompletableFuture.completedFuture(answer.text())
                        : poll(polling, answer.body().path("version").asLong()));
    }

    private CompletableFuture<String> stream(String polling) {
        HttpRequest request = PosRequests.stream(service.resolve(polling)).build();
        return http.sendAsync(
                        request,
                        head -> BodySubscribers.fromLineSubscriber(new LastEvent(), LastEvent::data, UTF_8, null))
                .thenApply(HttpResponse::body);
    }

    private static String bodyOrFailure(String body, Throwable failure) {
        return failure == null ? body : failure.toString();
    }

    private static synchronized void printLine(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Keeps the data of the newest event of a stream. */
    private static final class LastEvent implements Subscriber<String> {
        private final EventStreamParser parser = new EventStreamParser();
        private volatile String data = "";

        String data() {
            return data;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            parser.take(line).ifPresent(event -> data = event.data().toString());
        }

        @Override
        public void onError(Throwable failure) {
            // The response fails with it.
        }

        @Override
        public void onComplete() {
            // The response ends with the newest data.
        }
    }
}
