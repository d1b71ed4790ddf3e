package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.events.DeviceStatus;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A device as the administration API shows it.
 *
 * @param owner null if it has none
 * @param revokedAt null if it may connect
 * @param pairing null if it is not paired
 * @param presence whether it is online, and its last status; members that it never reported are null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceView(
        String deviceId, String owner, Instant revokedAt, long pairingNumber, Pairing pairing, Presence presence) {

    record Pairing(String vendorName, String registerId, String businessName, String registerName) {}

    /**
     * @param connectedSince when the current session was opened; null, as the other members of the session, if it is offline
     * @param lastSeen when it last connected, disconnected, reported its status or answered a probe
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Presence(
            boolean online,
            Instant connectedSince,
            Instant lastSeen,
            UUID sessionId,
            Integer connectorIndex,
            Long connectorEpoch,
            String model,
            String firmware,
            DeviceStatus status) {}

    static DeviceView of(Row row) {
        return new DeviceView(
                row.getString("device_id"),
                row.getString("owner"),
                time(row, "revoked_at"),
                row.getLong("pairing_number"),
                row.getString("register_id") == null ? null : pairing(row),
                presence(row));
    }

    private static Pairing pairing(Row row) {
        return new Pairing(
                row.getString("vendor_name"),
                row.getString("register_id"),
                row.getString("business_name"),
                row.getString("register_name"));
    }

    private static Presence presence(Row row) {
        String status = row.getString("status");
        return new Presence(
                row.getUUID("session_id") != null,
                time(row, "opened_at"),
                time(row, "last_seen_at"),
                row.getUUID("session_id"),
                row.getInteger("connector_index"),
                row.getLong("connector_epoch"),
                row.getString("model"),
                row.getString("firmware"),
                status == null ? null : DeviceStatus.valueOf(status));
    }

    /** Returns null if the column is null. */
    static Instant time(Row row, String column) {
        OffsetDateTime time = row.get(OffsetDateTime.class, column);
        return time == null ? null : time.toInstant();
    }
}
