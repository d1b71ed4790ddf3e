package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.callbackurl.CallbackTargets;
import dev.terminalcloud.callbackurl.CallbackUrl;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.posapi.PosParameters;
import dev.terminalcloud.transaction.idempotency.IdempotencyKey;
import dev.terminalcloud.transaction.lifecycle.RefundedTransaction;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * A checked request to start a transaction (POS API, section 3).
 *
 * @param transactionId the id of the transaction, if this request starts one
 * @param callbackUrl as it will be requested; null if the POS does not want a callback
 * @param posReferenceId the register's own reference for the sale; null without one
 * @param originalId the transaction that a linked refund refunds; null otherwise
 * @param idempotencyKeyHash the hash of the key with which the register may repeat the request; null without one
 * @param traceparent the step of a trace that receives it; null if it is not traced
 */
record StartRequest(
        UUID transactionId,
        Mode mode,
        RegisterIdentity register,
        TransactionRequest request,
        Optional<SaleData> saleData,
        String callbackUrl,
        String posReferenceId,
        UUID originalId,
        String idempotencyKeyHash,
        String traceparent) {

    /** Mode of the response: at once, or held until the transaction ends. */
    enum Mode {
        ASYNC,
        SYNCHRONOUS
    }

    static final String ASYNC_MODE = "ASYNC";
    static final int MAX_NAME_LENGTH = RegisterIdentity.MAX_NAME_LENGTH;
    static final int MAX_REGISTER_ID_LENGTH = RegisterIdentity.MAX_REGISTER_ID_LENGTH;
    static final int MAX_REFERENCE_LENGTH = 255;
    static final int MAX_POS_REFERENCE_LENGTH = TransactionRequest.MAX_POS_REFERENCE_LENGTH;
    static final int MAX_SALE_DATA_LENGTH = 256 * 1024;

    /**
     * Parses and checks the parameters.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    static StartRequest of(
            PosParameters parameters, CallbackTargets targets, Optional<IdempotencyKey> key, String traceparent) {
        RegisterIdentity register = RegisterIdentity.of(parameters);
        TransactionRequest request = requestOf(parameters, functionOf(parameters));
        return new StartRequest(
                UUID.randomUUID(),
                modeOf(parameters),
                register,
                request,
                parameters.optional("SaleData", MAX_SALE_DATA_LENGTH).map(SaleData::of),
                callbackUrlOf(parameters, targets),
                parameters.optional("POSReferenceID", MAX_POS_REFERENCE_LENGTH).orElse(null),
                OriginalId.of(parameters, request.function()).orElse(null),
                key.map(sent -> sent.hash(register)).orElse(null),
                traceparent);
    }

    /**
     * Returns true if the transaction was started with the same parameters, whatever the mode of the response. The callback
     * URL of a transaction does not count when it is deleted.
     */
    boolean isSameAs(Transaction transaction) {
        return register.equals(transaction.register())
                && request.equals(transaction.request())
                && Optional.ofNullable(posReferenceId).equals(transaction.posReferenceId())
                && Optional.ofNullable(originalId)
                        .equals(transaction.refunded().map(RefundedTransaction::transactionId))
                && (transaction.isAccessErased()
                        || Optional.ofNullable(callbackUrl).equals(transaction.callbackUrl()));
    }

    /** Returns what is known of the transaction to refund before it is found; null if the request is not a linked refund. */
    RefundedTransaction refunded() {
        return originalId == null ? null : RefundedTransaction.of(originalId);
    }

    private static String callbackUrlOf(PosParameters parameters, CallbackTargets targets) {
        return targets.parse(parameters).map(CallbackUrl::toString).orElse(null);
    }

    private static Mode modeOf(PosParameters parameters) {
        String mode = parameters.text("TransactionMode").orElse("");
        if (mode.isEmpty()) {
            return Mode.SYNCHRONOUS;
        }
        if (mode.equalsIgnoreCase(ASYNC_MODE)) {
            return Mode.ASYNC;
        }
        throw StartError.UNKNOWN_MODE.exception();
    }

    private static TransactionFunction functionOf(PosParameters parameters) {
        String name = parameters.required("TransactionType", MAX_NAME_LENGTH);
        return TransactionFunction.of(name).orElseThrow(() -> StartError.UNKNOWN_TYPE.exception(name));
    }

    private static TransactionRequest requestOf(PosParameters parameters, TransactionFunction function) {
        if (function.needsReference()) {
            parameters.required("TransactionReference", MAX_REFERENCE_LENGTH);
        }
        return new TransactionRequest(
                function,
                amountsOf(parameters, function),
                parameters
                        .optional("TransactionReference", MAX_REFERENCE_LENGTH)
                        .orElse(null),
                parameters.optional("Date", MAX_REFERENCE_LENGTH).orElse(null),
                parameters.text("SaleData").map(SaleData::withoutMark).orElse(null));
    }

    private static RequestedAmounts amountsOf(PosParameters parameters, TransactionFunction function) {
        return switch (function) {
            case CARD_PURCHASE, CARD_CASH_ADVANCE, CARD_REFUND, QR_MERCHANT_PURCHASE, QR_CONSUMER_PURCHASE, QR_REFUND ->
                RequestedAmounts.ofTotal(Amounts.required(parameters, "AmountTotal"));
            case CARD_PURCHASE_PLUS_CASH -> totalWithCash(parameters);
            case CARD_AUTHORISE, CARD_AUTHORISE_INCREMENT ->
                RequestedAmounts.ofAuth(Amounts.required(parameters, "AmountAuth"));
            case CARD_FINALISE -> RequestedAmounts.ofFinal(Amounts.required(parameters, "AmountFinal"));
            case CARD_AUTHORISE_CANCEL,
                    ACQUIRER_LOGON,
                    ACQUIRER_SETTLEMENT_INQUIRY,
                    ACQUIRER_SETTLEMENT_CUTOVER,
                    JOURNAL_REPRINT_RECEIPT,
                    JOURNAL_GET_TRANS_RESULT,
                    TERMINAL_GET_STATUS,
                    TERMINAL_READ_CARD -> RequestedAmounts.NONE;
        };
    }

    private static RequestedAmounts totalWithCash(PosParameters parameters) {
        long total = Amounts.required(parameters, "AmountTotal");
        long cash = Amounts.required(parameters, "AmountCash");
        if (cash >= total) {
            throw StartError.CASH_NOT_LESS.exception();
        }
        return RequestedAmounts.ofTotalWithCash(total, cash);
    }
}
