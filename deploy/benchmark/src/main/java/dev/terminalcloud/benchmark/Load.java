package dev.terminalcloud.benchmark;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** GETs of one address by many connections, each asking again as soon as it has its answer. */
final class Load implements AutoCloseable {
    private static final int OK = 200;

    private final Vertx vertx = Vertx.vertx();
    private final int connections;
    private final HttpClient client;

    Load(int connections) {
        this.connections = connections;
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(connections));
    }

    /**
     * How many are answered in a second.
     *
     * @throws IOException if one is not answered with 200
     */
    double rate(URI address, Duration time) throws IOException {
        LongAdder answers = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try {
            CompletableFuture.allOf(Stream.generate(() -> askUntil(end, address, answers))
                            .limit(connections)
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw new IOException(address + " can't be measured", e.getCause());
        }
        return answers.sum() * 1e9 / (System.nanoTime() - begin);
    }

    private CompletableFuture<Void> askUntil(long end, URI address, LongAdder answers) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        RequestOptions request = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(address.toString());
        ask(request, end, answers, done);
        return done;
    }

    private void ask(RequestOptions request, long end, LongAdder answers, CompletableFuture<Void> done) {
        if (System.nanoTime() - end >= 0) {
            done.complete(null);
            return;
        }
        client.request(request)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response))
                .onFailure(done::completeExceptionally)
                .onSuccess(response -> {
                    if (response.statusCode() != OK) {
                        done.completeExceptionally(refused(response));
                        return;
                    }
                    answers.increment();
                    ask(request, end, answers, done);
                });
    }

    private static IOException refused(HttpClientResponse response) {
        return new IOException("it was answered with " + response.statusCode());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
