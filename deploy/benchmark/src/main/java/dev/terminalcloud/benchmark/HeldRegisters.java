package dev.terminalcloud.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Registers that pay synchronously and concurrently, in a process of their own: each holds a connection, and the number of connections of
 * a process is limited. Each line of the input is the body of one request; each answer is a line of the output.
 */
final class HeldRegisters {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    private HeldRegisters(URI cloud) {
        this.url = cloud.resolve("/POS/Transaction");
    }

    public static void main(String[] arguments) throws IOException {
        HeldRegisters registers = new HeldRegisters(URI.create(arguments[0]));
        BufferedReader bodies = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String body = bodies.readLine(); body != null; body = bodies.readLine()) {
            registers.post(body);
        }
        System.exit(0);
    }

    private void post(String body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        CompletableFuture<Void> unused = http.sendAsync(request, BodyHandlers.ofString())
                .handle((answer, failure) -> textOf(answer, failure))
                .thenAccept(HeldRegisters::printLine);
    }

    private static String textOf(HttpResponse<String> answer, Throwable failure) {
        return failure == null ? answer.body() : failure.toString();
    }

    private static synchronized void printLine(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
