package dev.terminalcloud.pairing.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.pairing.history.RecordedPairing;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/**
 * A register as the administration API shows it.
 *
 * @param businessName with {@code registerName}: null if it has not been paired for so long that they are erased
 * @param deviceId null if it is not paired
 * @param pairedSince null if it is not paired
 * @param history its pairings, newest first
 * @param next the value of {@code after} for the next page of the history; null if this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegisterView(
        String vendorName,
        String registerId,
        String businessName,
        String registerName,
        String deviceId,
        Instant pairedSince,
        List<RecordedPairing> history,
        Long next) {

    static RegisterView of(Row row, List<RecordedPairing> history, Long next) {
        return new RegisterView(
                row.getString("vendor_name"),
                row.getString("register_id"),
                row.getString("business_name"),
                row.getString("register_name"),
                row.getString("device_id"),
                DeviceView.time(row, "paired_since"),
                history,
                next);
    }
}
