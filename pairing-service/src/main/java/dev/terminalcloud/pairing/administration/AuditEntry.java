package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.pairing.administration.Change.Outcome;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What an operator asked for, and how it ended. There is no secret in it.
 *
 * @param reason why it was refused; null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntry(
        long id,
        Instant at,
        String principal,
        String address,
        Action action,
        String deviceId,
        String otherDeviceId,
        String vendorName,
        String registerId,
        Outcome outcome,
        String reason) {

    static AuditEntry of(Row row) {
        return new AuditEntry(
                row.getLong("id"),
                row.get(OffsetDateTime.class, "at").toInstant(),
                row.getString("principal"),
                row.getString("address"),
                Action.valueOf(row.getString("action")),
                row.getString("device_id"),
                row.getString("other_device_id"),
                row.getString("vendor_name"),
                row.getString("register_id"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("reason"));
    }
}
