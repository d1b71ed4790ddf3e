package dev.terminalcloud.transaction.polling;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A transaction as the POS sees it (POS API, sections 3 and 4).
 *
 * @param transactionTimeStamp the intake, UTC, {@code yyyyMMddHHmmss} and four fraction digits
 * @param transactionStatus {@code PENDING} or {@code COMPLETED}
 * @param version grows by one with each visible change
 * @param recordExpiry when the record is deleted, ISO 8601 in UTC; null in the response to a start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Envelope(
        UUID transactionId,
        String transactionTimeStamp,
        UUID merchantId,
        String deviceId,
        String transactionStatus,
        UUID merchantAccessToken,
        long version,
        @JsonProperty("RecordExpiry") String recordExpiry,
        EnvelopeData data) {
    private static final String PENDING = "PENDING";
    private static final String COMPLETED = "COMPLETED";
    private static final int WEIGHT_WITHOUT_DATA = 500;
    private static final DateTimeFormatter TIME_STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS").withZone(UTC);

    /** Returns the response to a start. */
    public static Envelope started(Transaction transaction, URI publicUrl) {
        EnvelopeData data = EnvelopeData.request(transaction).with("PollingUrl", pollingUrl(transaction, publicUrl));
        return of(transaction, null, data);
    }

    /**
     * Returns the response to a poll with the {@code PollingUrl}: to a synchronous start that has not ended in time, or to a
     * register that finds its transaction again.
     */
    public static Envelope withPollingUrl(Transaction transaction, TransactionConfiguration config) {
        Envelope polled = polled(transaction, config.retention());
        polled.data().with("PollingUrl", pollingUrl(transaction, config.publicUrl()));
        return polled;
    }

    /** Returns the response to a poll. */
    public static Envelope polled(Transaction transaction, Duration retention) {
        String recordExpiry = transaction.createdAt().plus(retention).toString();
        return of(transaction, recordExpiry, EnvelopeData.request(transaction).withProgress(transaction));
    }

    /** Returns the envelope for callbacks: the token is the key that they are signed with. */
    public Envelope withoutToken() {
        return with(null, data);
    }

    /** Returns the envelope as the answer to a cancellation, which always has {@code Cancellation}. */
    Envelope answeringCancellation() {
        return with(merchantAccessToken, data.answeringCancellation());
    }

    private Envelope with(UUID accessToken, EnvelopeData members) {
        return new Envelope(
                transactionId,
                transactionTimeStamp,
                merchantId,
                deviceId,
                transactionStatus,
                accessToken,
                version,
                recordExpiry,
                members);
    }

    @JsonIgnore
    boolean isCompleted() {
        return transactionStatus.equals(COMPLETED);
    }

    @JsonIgnore
    RegisterIdentity register() {
        return data.register();
    }

    /** Returns its approximate size in bytes. */
    int weight() {
        return WEIGHT_WITHOUT_DATA + data.weight();
    }

    private static Envelope of(Transaction transaction, String recordExpiry, EnvelopeData data) {
        return new Envelope(
                transaction.id(),
                TIME_STAMP.format(transaction.createdAt()),
                transaction.register().merchantId(),
                transaction.deviceId(),
                transaction.phase() == Phase.COMPLETED ? COMPLETED : PENDING,
                transaction.accessToken(),
                transaction.version(),
                recordExpiry,
                data);
    }

    private static String pollingUrl(Transaction transaction, URI publicUrl) {
        String base = publicUrl.toString();
        return "%s/pos/transaction/%s?merchantAccessToken=%s"
                .formatted(
                        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
                        transaction.id(),
                        transaction.accessToken());
    }
}
