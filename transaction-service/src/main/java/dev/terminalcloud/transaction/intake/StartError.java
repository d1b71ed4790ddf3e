package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.ApiError;
import dev.terminalcloud.posapi.ApiErrorCode;
import java.time.Duration;

/** Errors of a request to start a transaction: status and text are part of the POS API. */
enum StartError implements ApiErrorCode {
    NOT_PAIRED(new ApiError(
            400,
            "This register is not paired to a device, please pair it first.",
            "No pairing has exactly these three names.",
            "Send the names used for pairing, or pair the register.")),
    DEVICE_BUSY(new ApiError(
            429,
            "device is busy",
            "The device has an unfinished transaction. Nothing was started.",
            "Wait until the previous transaction has ended, then retry.")),
    TOO_MANY_STARTS(new ApiError(
                    429,
                    "Too many requests from this register: the limit is {limit=20} per second",
                    "The register has sent too many requests. Nothing was started.",
                    "Wait for Retry-After. A register that starts transactions one at a time never sees this.")
            .retryAfter(Duration.ofSeconds(1))),
    UNAVAILABLE(new ApiError(
                    503,
                    "The service is temporarily unavailable. Nothing was started",
                    "Nothing was started; this is certain.",
                    "Try again after Retry-After.")
            .retryAfter(Duration.ofSeconds(5))),
    UNKNOWN_MODE(new ApiError(
            400,
            "TransactionMode must be ASYNC, empty or absent",
            "TransactionMode has another value.",
            "Send ASYNC and poll.")),
    UNKNOWN_TYPE(new ApiError(
            400,
            "Unknown TransactionType: {value=Card.Sale}",
            "TransactionType is not in the list.",
            "Send a listed type, spelled exactly.")),
    BAD_AMOUNT(new ApiError(
            400,
            "{parameter=AmountTotal} must be an integer number of cents from 1 to " + RequestedAmounts.MAX_CENTS
                    + ", digits only",
            "An amount is zero, negative, too large or not an integer.",
            "Send cents: 5.00 is 500.")),
    CASH_NOT_LESS(new ApiError(
            400,
            "AmountCash must be less than AmountTotal, which includes it",
            "AmountTotal must include the cash.",
            "Add the cash to AmountTotal.")),
    SALE_DATA_NOT_JSON(new ApiError(
            400,
            "SaleData is not valid JSON: {problem=Unexpected character (''' (code 39)): was expecting double-quote to start field name}",
            "SaleData is present but is not JSON.",
            "Send one JSON document as text, or leave SaleData out."));

    private final ApiError refusal;

    StartError(ApiError refusal) {
        this.refusal = refusal;
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
