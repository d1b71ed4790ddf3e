package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** An accepted transaction with its polling URL. */
record OpenTransaction(Plan plan, UUID id, URI pollingUrl, long answeredNanos) {
    /** Less than the 15 minutes from the intake on: the response to a held request comes up to two minutes later. */
    private static final Duration TOKEN_LIFETIME_LEFT = Duration.ofMinutes(12);

    /** The response to a held request has no polling URL if the transaction has ended; its other members determine the URL. */
    static OpenTransaction of(Plan plan, HistoryEntry.Answered answer, URI cloud) {
        String given = answer.body().path("data").path("PollingUrl").asText();
        String url = given.isEmpty()
                ? "/pos/transaction/%s?merchantAccessToken=%s"
                        .formatted(
                                answer.transactionId(),
                                answer.body().path("merchantAccessToken").asText())
                : given;
        return new OpenTransaction(plan, answer.transactionId(), cloud.resolve(url), System.nanoTime());
    }

    /** Returns a transaction that a look-up has found: it always has a polling URL. */
    static OpenTransaction found(Plan plan, JsonNode shown, URI cloud) {
        return new OpenTransaction(
                plan,
                UUID.fromString(shown.path("transactionId").asText()),
                cloud.resolve(shown.path("data").path("PollingUrl").asText()),
                System.nanoTime());
    }

    /** Returns whether its token is certainly still valid. */
    boolean canBePolled() {
        return System.nanoTime() - answeredNanos < TOKEN_LIFETIME_LEFT.toNanos();
    }

    static boolean isCompleted(JsonNode body) {
        return body.path("transactionStatus").asText().equals("COMPLETED");
    }
}
