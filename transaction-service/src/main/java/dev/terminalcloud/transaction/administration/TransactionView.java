package dev.terminalcloud.transaction.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.transaction.callbackqueue.CallbackQueue.PendingCallback;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import dev.terminalcloud.transaction.lifecycle.StoredDiscrepancy;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A transaction as operators see it: without its token, callback URL, sale data and receipt. Unknown values are absent.
 *
 * @param resolutionStatus whether it needs manual resolution
 * @param explanation the meaning of the resolution status
 * @param outcome as its device reported it, as the cloud decided it or as an operator resolved it
 * @param discrepancies events of devices that could not be applied; null in lists
 * @param callback null in lists, and if none is pending
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransactionView(
        UUID id,
        String phase,
        ResolutionStatus resolutionStatus,
        String explanation,
        Register register,
        Device device,
        RequestedFunction request,
        Timestamps timestamps,
        String prompt,
        Map<String, Object> outcome,
        List<DiscrepancyView> discrepancies,
        PendingCallback callback) {
    private static final String RECEIPT = "receipt";

    record Register(String vendorName, String businessName, String registerId) {}

    /**
     * @param connectedSince null if it is not connected
     * @param disconnectedSince the time when its last session ended; null if it is connected, or if that was long ago
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Device(String deviceId, long pairingNumber, Instant connectedSince, Instant disconnectedSince) {}

    /**
     * The function that the register requested, with its amounts.
     *
     * @param originalTransactionId the transaction that a linked refund refunds; null otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestedFunction(String function, @JsonUnwrapped RequestedAmounts amounts, UUID originalTransactionId) {}

    /** The times of the steps of a transaction; null if a step has not happened. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Timestamps(
            Instant createdAt,
            Instant offeredAt,
            Instant deliveredAt,
            Instant startedAt,
            Instant delayedAt,
            Instant neverSeenAt,
            Instant reportUnreadableAt,
            Instant resolvedManuallyAt,
            Instant finishedAt) {}

    /** @param event the event, without its receipt */
    record DiscrepancyView(
            Instant recordedAt, String deviceId, String type, String reason, Map<String, Object> event) {}

    static TransactionView of(Row row) {
        ResolutionStatus resolutionStatus = ResolutionStatus.valueOf(row.getString("resolution_status"));
        String outcome = row.getString("outcome");
        return new TransactionView(
                row.getUUID("id"),
                row.getString("phase"),
                resolutionStatus,
                resolutionStatus.explanation(),
                new Register(
                        row.getString("vendor_name"), row.getString("business_name"), row.getString("register_id")),
                new Device(
                        row.getString("device_id"),
                        row.getLong("pairing_number"),
                        time(row, "connected_since"),
                        time(row, "disconnected_since")),
                request(row),
                timestamps(row),
                row.getString("prompt"),
                outcome == null ? null : withoutReceipt(outcome),
                null,
                null);
    }

    TransactionView with(List<StoredDiscrepancy> discrepancies, Optional<PendingCallback> pending) {
        return new TransactionView(
                id,
                phase,
                resolutionStatus,
                explanation,
                register,
                device,
                request,
                timestamps,
                prompt,
                outcome,
                discrepancies.stream().map(TransactionView::discrepancy).toList(),
                pending.orElse(null));
    }

    private static RequestedFunction request(Row row) {
        return new RequestedFunction(
                TransactionFunction.valueOf(row.getString("function")).wireName(),
                new RequestedAmounts(
                        row.getLong("amount_total_cents"),
                        row.getLong("amount_cash_cents"),
                        row.getLong("amount_auth_cents"),
                        row.getLong("amount_final_cents")),
                row.getUUID("original_transaction_id"));
    }

    private static Timestamps timestamps(Row row) {
        return new Timestamps(
                time(row, "created_at"),
                time(row, "offered_at"),
                time(row, "delivered_at"),
                time(row, "started_at"),
                time(row, "delayed_at"),
                time(row, "never_seen_at"),
                time(row, "report_unreadable_at"),
                time(row, "resolved_manually_at"),
                time(row, "finished_at"));
    }

    private static DiscrepancyView discrepancy(StoredDiscrepancy stored) {
        return new DiscrepancyView(
                stored.recordedAt(),
                stored.deviceId(),
                stored.type(),
                stored.reason(),
                withoutReceipt(stored.payload()));
    }

    private static Map<String, Object> withoutReceipt(String json) {
        JsonObject object = new JsonObject(json);
        object.remove(RECEIPT);
        if (object.getValue("report") instanceof JsonObject report) {
            report.remove(RECEIPT);
        }
        return object.getMap();
    }

    private static Instant time(Row row, String column) {
        OffsetDateTime time = row.get(OffsetDateTime.class, column);
        return time == null ? null : time.toInstant();
    }
}
