package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.util.Optional;

/**
 * Final answer that a device can give: a pair of {@code TransactionResult} and {@code Result} (POS API, section 4). Which
 * answer a report is, for each function, {@code Result} and {@code TransactionResult}:
 *
 * <pre>
 *                                        absent     OK-ACCEPTED  OK-DECLINED  OK-UNAVAILABLE  CANCELLED  FAILED
 *   OK         Card.*, QR.*              .          ACCEPTED     DECLINED     UNAVAILABLE     .          .
 *              Journal.GetTransResult    .          ACCEPTED     DECLINED     UNAVAILABLE     .          .
 *              Acquirer.*                ACCEPTED   ACCEPTED     DECLINED     UNAVAILABLE     .          .
 *              Journal.ReprintReceipt    ACCEPTED   ACCEPTED     DECLINED     UNAVAILABLE     .          .
 *              Terminal.ReadCard         ACCEPTED   ACCEPTED     DECLINED     UNAVAILABLE     .          .
 *              Terminal.GetStatus        STATUS     STATUS       DECLINED     UNAVAILABLE     .          .
 *   CANCELLED  each                      CANCELLED  .            .            .               CANCELLED  .
 *   FAILED     each                      FAILED     .            .            .               .          FAILED
 *   FAILED-INTERFACE                     .          .            .            .               .          .
 * </pre>
 *
 * <p>{@code .} is not an answer: the device contradicts itself or leaves open whether money has moved, or, with
 * FAILED-INTERFACE, claims what only the cloud can prove.
 */
enum FinalAnswer {
    ACCEPTED(TransactionResult.OK_ACCEPTED, Result.OK),
    DECLINED(TransactionResult.OK_DECLINED, Result.OK),
    UNAVAILABLE(TransactionResult.OK_UNAVAILABLE, Result.OK),
    CANCELLED(TransactionResult.CANCELLED, Result.CANCELLED),
    FAILED(TransactionResult.FAILED, Result.FAILED),
    /** The answer to {@code Terminal.GetStatus}, which has no {@code TransactionResult}. */
    STATUS(null, Result.OK);

    private final TransactionResult transactionResult;
    private final Result result;

    FinalAnswer(TransactionResult transactionResult, Result result) {
        this.transactionResult = transactionResult;
        this.result = result;
    }

    /** Returns null for {@link #STATUS}. */
    TransactionResult transactionResult() {
        return transactionResult;
    }

    Result result() {
        return result;
    }

    /**
     * Returns the answer that the table has for what a device reports, if there is one.
     *
     * @param transactionResult null if the device sends none
     */
    static Optional<FinalAnswer> of(TransactionFunction function, TransactionResult transactionResult, Result result) {
        return switch (result) {
            case OK -> transactionResult == null ? done(function) : endedWell(function, transactionResult);
            case CANCELLED -> onlyOrAbsent(CANCELLED, transactionResult);
            case FAILED -> onlyOrAbsent(FAILED, transactionResult);
            case FAILED_INTERFACE -> Optional.empty();
        };
    }

    /** Returns what "it is done" means for a function: nothing, where that does not tell whether money has moved. */
    private static Optional<FinalAnswer> done(TransactionFunction function) {
        return switch (function) {
            case CARD_PURCHASE,
                    CARD_PURCHASE_PLUS_CASH,
                    CARD_CASH_ADVANCE,
                    CARD_REFUND,
                    CARD_AUTHORISE,
                    CARD_AUTHORISE_INCREMENT,
                    CARD_AUTHORISE_CANCEL,
                    CARD_FINALISE,
                    QR_MERCHANT_PURCHASE,
                    QR_CONSUMER_PURCHASE,
                    QR_REFUND,
                    JOURNAL_GET_TRANS_RESULT -> Optional.empty();
            case ACQUIRER_LOGON,
                    ACQUIRER_SETTLEMENT_INQUIRY,
                    ACQUIRER_SETTLEMENT_CUTOVER,
                    JOURNAL_REPRINT_RECEIPT,
                    TERMINAL_READ_CARD -> Optional.of(ACCEPTED);
            case TERMINAL_GET_STATUS -> Optional.of(STATUS);
        };
    }

    private static Optional<FinalAnswer> endedWell(TransactionFunction function, TransactionResult transactionResult) {
        return switch (transactionResult) {
            case OK_ACCEPTED -> Optional.of(function == TransactionFunction.TERMINAL_GET_STATUS ? STATUS : ACCEPTED);
            case OK_DECLINED -> Optional.of(DECLINED);
            case OK_UNAVAILABLE -> Optional.of(UNAVAILABLE);
            case CANCELLED, FAILED -> Optional.empty();
        };
    }

    private static Optional<FinalAnswer> onlyOrAbsent(FinalAnswer answer, TransactionResult transactionResult) {
        return transactionResult == null || transactionResult == answer.transactionResult
                ? Optional.of(answer)
                : Optional.empty();
    }
}
