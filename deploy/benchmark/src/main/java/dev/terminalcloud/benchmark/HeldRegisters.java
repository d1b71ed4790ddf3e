package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.EventStreamParser;
import dev.terminalcloud.virtualregister.PosRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * Registers that wait concurrently, in a process of their own: each holds a connection, and the number of connections of a process is
 * limited. Each line of the input is a {@link HeldRequestMode} and, after a space, the body of a start or the polling URL without its origin; the
 * body of each final answer is a line of the output.
 *
 * <p>One event loop serves all, since the cloud that is measured has the same two cores.
 */
final class HeldRegisters {
    private static final Duration MAX_WAIT = Duration.ofSeconds(50);
    private static final int MAX_CONNECTIONS = 100_000;

    /** Those of the warm-up end soon. */
    private static final int KEEP_ALIVE_SECONDS = 1;

    private final HttpClient http = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
            .createHttpClient(
                    new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                    new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
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
        Future<Void> unused = answerTo(mode, request)
                .otherwise(Throwable::toString)
                .onSuccess(HeldRegisters::printLine)
                .mapEmpty();
    }

    private Future<String> answerTo(HeldRequestMode mode, String request) {
        return switch (mode) {
            case SYNC -> post(request);
            case LONG_POLL -> poll(request, 0);
            case STREAM -> stream(request);
        };
    }

    private Future<String> post(String body) {
        HttpRequest.Builder request = PosRequests.form(new PosRequests(service).url("Transaction"));
        return send(request.method("POST", HttpRequest.BodyPublishers.noBody()).build(), Buffer.buffer(body))
                .compose(HttpClientResponse::body)
                .map(answer -> answer.toString(UTF_8));
    }

    /** Polls until the transaction has ended; the state is news to a register that has seen none. */
    private Future<String> poll(String polling, long version) {
        return send(
                        PosRequests.longPoll(service.resolve(polling), version, MAX_WAIT)
                                .build(),
                        Buffer.buffer())
                .compose(response ->
                        response.body().map(body -> new Answer(response.statusCode(), null, body.toString(UTF_8))))
                .compose(answer -> answer.isCompleted() || answer.status() != 200
                        ? Future.succeededFuture(answer.text())
                        : poll(polling, answer.body().path("version").asLong()));
    }

    private Future<String> stream(String polling) {
        return send(PosRequests.stream(service.resolve(polling)).build(), Buffer.buffer())
                .compose(response -> {
                    LastEvent last = new LastEvent();
                    response.handler(RecordParser.newDelimited("\n", line -> last.take(line.toString(UTF_8))));
                    return response.end().map(ended -> last.data);
                });
    }

    private Future<HttpClientResponse> send(HttpRequest request, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(request.uri().toString())
                .setMethod(HttpMethod.valueOf(request.method()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> options.addHeader(name, value)));
        return http.request(options).compose(toSend -> toSend.send(body));
    }

    private static synchronized void printLine(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Keeps the data of the newest event of a stream. */
    private static final class LastEvent {
        private final EventStreamParser parser = new EventStreamParser();
        private String data = "";

        void take(String line) {
            parser.take(line).ifPresent(event -> data = event.text());
        }
    }
}
