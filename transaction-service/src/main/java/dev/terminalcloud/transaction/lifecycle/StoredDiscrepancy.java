package dev.terminalcloud.transaction.lifecycle;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A device event that could not be applied.
 *
 * @param type the type of the event
 * @param reason why it could not be applied: a {@link DiscrepancyReason}, or one that a replica of another release knows
 * @param payload the event as JSON, without its receipt
 */
public record StoredDiscrepancy(Instant recordedAt, String deviceId, String type, String reason, String payload) {
    static StoredDiscrepancy of(Row row) {
        return new StoredDiscrepancy(
                row.getOffsetDateTime("recorded_at").toInstant(),
                row.getString("device_id"),
                row.getString("type"),
                row.getString("reason"),
                row.getString("payload"));
    }
}
