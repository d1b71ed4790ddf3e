package dev.terminalcloud.transaction.polling;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.transaction.lifecycle.Delivery;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The {@code data} object: all values are strings; unknown values are absent, never empty. */
public final class EnvelopeData {
    /** The original has one merchant for each device. */
    private static final String MERCHANT = "1";

    private static final String CANCELLATION = "Cancellation";
    private static final int WEIGHT_OF_MEMBER = 100;

    private final Map<String, String> members = new LinkedHashMap<>();

    private EnvelopeData() {}

    @JsonValue
    Map<String, String> members() {
        return members;
    }

    /** Returns the values that the register sent, and how far the request has got. */
    static EnvelopeData request(Transaction transaction) {
        TransactionRequest request = transaction.request();
        return new EnvelopeData()
                .with("PosVendor", transaction.register().vendorName())
                .with("PosRegisterID", transaction.register().registerId())
                .with("PosBusinessName", transaction.register().businessName())
                .withAmounts(request.amounts().byName())
                .with("POSReferenceID", transaction.posReferenceId().orElse(null))
                .with(
                        "OriginalTransactionId",
                        transaction
                                .refunded()
                                .map(original -> original.transactionId().toString())
                                .orElse(null))
                .with("DeviceID", transaction.deviceId())
                .with("Function", request.function().wireName())
                .with("Delivery", transaction.state().delivery().wireName())
                .with(
                        CANCELLATION,
                        transaction.cancellation().map(EnvelopeData::wireName).orElse(null));
    }

    /** Adds the current state of the transaction. */
    EnvelopeData withProgress(Transaction transaction) {
        if (transaction.outcome().isPresent()) {
            return withOutcome(transaction, transaction.outcome().get());
        }
        with("Prompt", transaction.prompt().orElse(null));
        return transaction.state().isDelayed() ? delayed() : this;
    }

    private EnvelopeData delayed() {
        return with("TransactionResult", "OK-DELAYED")
                .with("Result", "DELAYED-TRANSACTION")
                .with("ResultText", "Transaction takes longer than usual");
    }

    RegisterIdentity register() {
        return new RegisterIdentity(
                members.get("PosVendor"), members.get("PosBusinessName"), members.get("PosRegisterID"));
    }

    /** Returns its approximate size in bytes. */
    int weight() {
        return members.values().stream()
                .mapToInt(value -> WEIGHT_OF_MEMBER + Character.BYTES * value.length())
                .sum();
    }

    private EnvelopeData withOutcome(Transaction transaction, DeviceReport report) {
        return with("TransactionResult", wireName(report.transactionResult()))
                .with("Result", wireName(report.result()))
                .with("ResultText", report.resultText())
                .with("RequestId", transaction.id().toString())
                .with("Merchant", MERCHANT)
                .withAmounts(report.amounts().byName())
                .with("AuthId", report.authId())
                .with("AcquirerRef", report.acquirerRef())
                .with("TerminalRef", report.terminalRef())
                .with("CardPan", report.cardPan())
                .with("CardType", report.cardType())
                .with("AccountType", report.accountType())
                .with("Timestamp", report.timestamp())
                .with("Receipt", report.receipt())
                .with("Status", report.status())
                .with("ReferenceId", report.referenceId())
                .with("SaleData", transaction.request().saleData());
    }

    /**
     * Returns the data as the answer to a cancellation. What has ended without one is too late to cancel, or is cancelled
     * already.
     */
    EnvelopeData answeringCancellation() {
        EnvelopeData answer = new EnvelopeData();
        answer.members.putAll(members);
        boolean isCancelled = wireName(TransactionResult.CANCELLED).equals(members.get("TransactionResult"));
        answer.members.putIfAbsent(
                CANCELLATION, wireName(isCancelled ? CancellationStatus.DONE : CancellationStatus.TOO_LATE));
        return answer;
    }

    /** Adds or replaces a member; a null or empty value changes nothing. */
    EnvelopeData with(String name, String value) {
        if (value != null && !value.isEmpty()) {
            members.put(name, value);
        }
        return this;
    }

    /** Adds amounts by their names in the device protocol, which begin with a small letter here. */
    private EnvelopeData withAmounts(Map<String, Long> amounts) {
        amounts.forEach((name, cents) ->
                with(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), Long.toString(cents)));
        return this;
    }

    /** Returns all values that {@code TransactionResult} can have. */
    public static Stream<String> transactionResults() {
        return Stream.concat(
                Stream.of(TransactionResult.values()).map(EnvelopeData::wireName), Stream.of("OK-DELAYED"));
    }

    /** Returns all values that {@code Delivery} can have. */
    public static Stream<String> deliveries() {
        return Stream.of(Delivery.values()).map(Delivery::wireName);
    }

    /** Returns all values that {@code Result} can have. */
    public static Stream<String> results() {
        return Stream.concat(Stream.of(Result.values()).map(EnvelopeData::wireName), Stream.of("DELAYED-TRANSACTION"));
    }

    /** Returns all values that {@code Cancellation} can have. */
    public static Stream<String> cancellations() {
        return Stream.of(CancellationStatus.values()).map(EnvelopeData::wireName);
    }

    private static String wireName(CancellationStatus status) {
        return switch (status) {
            case REQUESTED -> "REQUESTED";
            case DONE -> "DONE";
            case TOO_LATE -> "TOO-LATE";
            case UNANSWERED -> "UNANSWERED";
        };
    }

    private static String wireName(TransactionResult result) {
        if (result == null) {
            return null;
        }
        return switch (result) {
            case OK_ACCEPTED -> "OK-ACCEPTED";
            case OK_DECLINED -> "OK-DECLINED";
            case OK_UNAVAILABLE -> "OK-UNAVAILABLE";
            case CANCELLED -> "CANCELLED";
            case FAILED -> "FAILED";
        };
    }

    private static String wireName(Result result) {
        return switch (result) {
            case OK -> "OK";
            case CANCELLED -> "CANCELLED";
            case FAILED -> "FAILED";
            case FAILED_INTERFACE -> "FAILED-INTERFACE";
        };
    }
}
