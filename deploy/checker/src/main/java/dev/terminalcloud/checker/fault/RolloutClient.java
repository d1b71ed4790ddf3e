package dev.terminalcloud.checker.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Replaces the processes of services one after the other, as Kubernetes does it, by means of the local stack.
 *
 * @param server the address given to the stack as {@code --rollouts}
 */
public record RolloutClient(URI server) {
    private static final int OK = 200;

    private static final List<Component> ALL =
            List.of(Component.PAIRING_SERVICE, Component.TRANSACTION_SERVICE, Component.CONNECTOR);

    /**
     * Replaces all processes of a service, or of all services at the same time, and returns when that is done.
     *
     * @throws UncheckedIOException if a rollout of it is under way, or if the stack does not answer
     */
    void replace(Component part) {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<Void>> rollouts = (part == Component.SERVICES ? ALL : List.of(part))
                .stream().map(one -> replace(one, client)).toList();
        try {
            CompletableFuture.allOf(rollouts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException("Failed to replace " + part, e.getCause()));
        }
    }

    private CompletableFuture<Void> replace(Component part, HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/rollouts/" + part))
                .POST(BodyPublishers.noBody())
                .build();
        return client.sendAsync(request, BodyHandlers.discarding())
                .thenAccept(response -> requireReplaced(part, response));
    }

    private static void requireReplaced(Component part, HttpResponse<?> response) {
        if (response.statusCode() != OK) {
            throw new UncheckedIOException(
                    new IOException("the rollout of %s was answered with %d".formatted(part, response.statusCode())));
        }
    }
}
