package dev.terminalcloud.pairing.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A pairing, current or ended, as it is stored and as the administration API shows it.
 *
 * @param startedBy REGISTER or OPERATOR
 * @param address the client address of the register or operator that started it
 * @param endedAt null if it is current
 * @param endReason null if it is current
 * @param takenBy the register that its device was paired with instead; null unless that is how it ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedPairing(
        long id,
        String vendorName,
        String registerId,
        String deviceId,
        long pairingNumber,
        String businessName,
        String registerName,
        Instant startedAt,
        String startedBy,
        String address,
        Instant endedAt,
        PairingEnd endReason,
        TakingRegister takenBy) {

    public record TakingRegister(String vendorName, String registerId) {}

    static RecordedPairing of(Row row) {
        OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
        String reason = row.getString("end_reason");
        return new RecordedPairing(
                row.getLong("id"),
                row.getString("vendor_name"),
                row.getString("register_id"),
                row.getString("device_id"),
                row.getLong("pairing_number"),
                row.getString("business_name"),
                row.getString("register_name"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getString("started_by"),
                row.getString("address"),
                endedAt == null ? null : endedAt.toInstant(),
                reason == null ? null : PairingEnd.valueOf(reason),
                takenBy(row));
    }

    private static TakingRegister takenBy(Row row) {
        String vendor = row.getString("taken_by_vendor");
        return vendor == null ? null : new TakingRegister(vendor, row.getString("taken_by_register"));
    }
}
