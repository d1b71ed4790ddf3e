package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** A transaction that its register was told of, and where to ask about it. */
record OpenTransaction(Plan plan, UUID id, URI pollingUrl, long answeredNanos) {
    /** 15 minutes from the intake on; the answer to a held request comes up to two minutes later. */
    private static final Duration TOKEN_LIFE_LEFT = Duration.ofMinutes(12);

    /** The answer to a held request has no polling URL when it has ended; what it is can be told from the rest. */
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

    /** Whether its token is certainly good still. */
    boolean canBeAskedAbout() {
        return System.nanoTime() - answeredNanos < TOKEN_LIFE_LEFT.toNanos();
    }

    static boolean isCompleted(JsonNode body) {
        return body.path("transactionStatus").asText().equals("COMPLETED");
    }
}
