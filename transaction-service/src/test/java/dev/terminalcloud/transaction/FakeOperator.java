package dev.terminalcloud.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.administration.AdministrationServer;
import io.quarkus.arc.Arc;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Client of the administration API. */
record FakeOperator(String user, String password) {
    static final FakeOperator OPERATOR = new FakeOperator("operator", "a password for tests");
    static final FakeOperator VIEWER = new FakeOperator("viewer", "another password for tests");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    record Answer(int status, String text) {
        JsonObject body() {
            return new JsonObject(text);
        }

        String error() {
            return body().getString("error");
        }
    }

    Answer resolves(UUID transaction, JsonObject outcome) {
        return resolvesAsync(transaction, outcome).join();
    }

    CompletableFuture<Answer> resolvesAsync(UUID transaction, JsonObject outcome) {
        return request("PUT", "/admin/transactions/" + transaction + "/outcome", outcome.encode());
    }

    JsonObject views(UUID transaction) {
        return gets("/admin/transactions/" + transaction).body();
    }

    Answer gets(String path) {
        return request("GET", path, null).join();
    }

    Answer sends(String method, String path, String json) {
        return request(method, path, json).join();
    }

    private CompletableFuture<Answer> request(String method, String path, String json) {
        int port = Arc.container().instance(AdministrationServer.class).get().port();
        HttpRequest built = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", authorization())
                .header("Content-Type", "application/json")
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        return HTTP.sendAsync(built, BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response.body()));
    }

    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    static JsonObject approved(long total) {
        return JsonObject.of(
                "result", "approved", "amountTotalCents", total, "cardType", "VISA", "reason", "the settlement has it");
    }

    static JsonObject manualOutcome(String result) {
        return JsonObject.of("result", result, "reason", "the settlement does not have it");
    }
}
