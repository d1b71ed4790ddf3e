package dev.terminalcloud.virtualdevice.function;

import java.util.Arrays;
import java.util.Optional;

/** The functions of a device (POS API, section 3, {@code TransactionType}). */
public enum DeviceFunction {
    CARD_PURCHASE("Card.Purchase", "PURCHASE", Prompt.CARD),
    CARD_PURCHASE_PLUS_CASH("Card.PurchasePlusCash", "PURCHASE + CASH", Prompt.CARD),
    CARD_CASH_ADVANCE("Card.CashAdvance", "CASH ADVANCE", Prompt.CARD),
    CARD_REFUND("Card.Refund", "REFUND", Prompt.CARD),
    CARD_AUTHORISE("Card.Authorise", "AUTHORISATION", Prompt.CARD),
    CARD_AUTHORISE_INCREMENT("Card.Authorise.Increment", "AUTH INCREMENT", Prompt.WAIT),
    CARD_AUTHORISE_CANCEL("Card.Authorise.Cancel", "AUTH RELEASE", Prompt.WAIT),
    CARD_FINALISE("Card.Finalise", "FINALISATION", Prompt.CARD),
    QR_MERCHANT_PURCHASE("QR.Merchant.Purchase", "PURCHASE", Prompt.SCAN),
    QR_CONSUMER_PURCHASE("QR.Consumer.Purchase", "PURCHASE", Prompt.SHOW),
    QR_REFUND("QR.Refund", "REFUND", Prompt.SHOW),
    ACQUIRER_LOGON("Acquirer.Logon", "LOGON", Prompt.WAIT),
    ACQUIRER_SETTLEMENT_INQUIRY("Acquirer.Settlement.Inquiry", "SETTLEMENT INQUIRY", Prompt.WAIT),
    ACQUIRER_SETTLEMENT_CUTOVER("Acquirer.Settlement.Cutover", "SETTLEMENT CUTOVER", Prompt.WAIT),
    JOURNAL_REPRINT_RECEIPT("Journal.ReprintReceipt", "REPRINT", Prompt.WAIT),
    JOURNAL_GET_TRANS_RESULT("Journal.GetTransResult", "LAST TRANSACTION", Prompt.WAIT),
    TERMINAL_GET_STATUS("Terminal.GetStatus", "STATUS", Prompt.WAIT),
    TERMINAL_READ_CARD("Terminal.ReadCard", "READ CARD", Prompt.CARD);

    private interface Prompt {
        String CARD = "PRESENT CARD";
        String SCAN = "SCAN THE CODE";
        String SHOW = "SHOW YOUR CODE";
        String WAIT = "PLEASE WAIT";
    }

    private final String wireName;
    private final String title;
    private final String prompt;

    DeviceFunction(String wireName, String title, String prompt) {
        this.wireName = wireName;
        this.title = title;
        this.prompt = prompt;
    }

    public static Optional<DeviceFunction> of(String wireName) {
        return Arrays.stream(values())
                .filter(function -> function.wireName.equals(wireName))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    /** Returns the first prompt for the customer. */
    public String prompt() {
        return prompt;
    }

    /** Returns its name on a receipt. */
    String title() {
        return title;
    }

    /** Returns whether it moves money between customer and merchant. */
    boolean isPayment() {
        return wireName.startsWith("Card.") || isQr();
    }

    boolean isQr() {
        return wireName.startsWith("QR.");
    }

    boolean isRefund() {
        return this == CARD_REFUND || this == QR_REFUND;
    }

    /** Returns whether it only reserves or releases an amount; its finalisation pays. */
    boolean onlyReserves() {
        return this == CARD_AUTHORISE || changesAuthorisation();
    }

    /** Returns whether it changes an earlier authorisation, without the customer. */
    boolean changesAuthorisation() {
        return this == CARD_AUTHORISE_INCREMENT || this == CARD_AUTHORISE_CANCEL;
    }

    /** Returns whether surcharge and tip apply: where a customer buys. */
    boolean takesExtras() {
        return isPayment() && !isRefund() && !changesAuthorisation() && this != CARD_CASH_ADVANCE;
    }
}
