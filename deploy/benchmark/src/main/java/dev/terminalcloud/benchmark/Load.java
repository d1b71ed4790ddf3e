package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Load of GETs of one address by many clients, each sending the next as soon as it has its answer. */
final class Load implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int clients;
    private final ExecutorService threads;

    Load(int clients) {
        this.clients = clients;
        this.threads = Executors.newFixedThreadPool(clients);
    }

    /**
     * Returns the number of answers per second.
     *
     * @throws IOException if a request is not answered with 200 within ten seconds
     */
    double rate(URI address, Duration time) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Future<Long>> asking = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            asking.add(threads.submit(() -> askUntil(end, request)));
        }
        long answers = 0;
        for (Future<Long> client : asking) {
            answers += answersOf(client, address);
        }
        return answers * 1e9 / (System.nanoTime() - begin);
    }

    private long askUntil(long end, HttpRequest request) throws IOException, InterruptedException {
        long answers = 0;
        while (System.nanoTime() - end < 0) {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw new IOException("Unexpected status " + answer.statusCode());
            }
            answers++;
        }
        return answers;
    }

    private static long answersOf(Future<Long> client, URI address) throws IOException, InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw new IOException("Failed to measure " + address, e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
