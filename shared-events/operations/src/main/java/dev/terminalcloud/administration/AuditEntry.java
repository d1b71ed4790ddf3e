package dev.terminalcloud.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * An operator's request and its outcome. It contains no secret.
 *
 * @param details further parameters of the request
 * @param reason why the request was refused; null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntry(
        long id,
        Instant at,
        String principal,
        String address,
        AuditAction action,
        String deviceId,
        String otherDeviceId,
        UUID transactionId,
        String vendorName,
        String registerId,
        Map<String, Object> details,
        Outcome outcome,
        String reason) {

    static AuditEntry of(Row row) {
        JsonObject details = row.getJsonObject("details");
        return new AuditEntry(
                row.getLong("id"),
                row.get(OffsetDateTime.class, "at").toInstant(),
                row.getString("principal"),
                row.getString("address"),
                AuditAction.valueOf(row.getString("action")),
                row.getString("device_id"),
                row.getString("other_device_id"),
                row.getUUID("transaction_id"),
                row.getString("vendor_name"),
                row.getString("register_id"),
                details == null ? null : details.getMap(),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("reason"));
    }
}
