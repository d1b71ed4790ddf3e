package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * The part of a transaction that may change after its intake, as it is at one time: the columns that {@link TransactionTable} writes.
 * Everything else is as its intake has inserted it, or is changed by statements of its own.
 */
record TransactionSnapshot(
        Phase phase,
        long version,
        Instant offeredAt,
        UUID offeredToSession,
        Instant deliveredAt,
        Instant startedAt,
        Instant delayedAt,
        Instant neverSeenAt,
        Instant reportUnreadableAt,
        Instant finishedAt,
        Instant resolvedManuallyAt,
        String prompt,
        CancellationState cancellation,
        DeviceReport outcome) {
    private static final DeviceReportConverter REPORTS = new DeviceReportConverter();

    /** Returns the row of {@link TransactionTable}'s statement. */
    JsonObject toRow(UUID id) {
        return new JsonObject()
                .put("id", id.toString())
                .put("phase", phase.name())
                .put("version", version)
                .put("offered", text(offeredAt))
                .put("session", text(offeredToSession))
                .put("delivered", text(deliveredAt))
                .put("started", text(startedAt))
                .put("delayed", text(delayedAt))
                .put("neverSeen", text(neverSeenAt))
                .put("unreadable", text(reportUnreadableAt))
                .put("finished", text(finishedAt))
                .put("resolved", text(resolvedManuallyAt))
                .put("prompt", prompt)
                .put("cancellation", cancellation == null ? null : text(cancellation.status()))
                .put("cancelRequested", cancellation == null ? null : text(cancellation.requestedAt()))
                .put("outcome", REPORTS.convertToDatabaseColumn(outcome));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
