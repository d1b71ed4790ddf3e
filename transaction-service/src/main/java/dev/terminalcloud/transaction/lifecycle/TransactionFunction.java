package dev.terminalcloud.transaction.lifecycle;

import java.util.Arrays;
import java.util.Optional;

/** Function that a device can run (POS API, section 3, {@code TransactionType}). */
public enum TransactionFunction {
    CARD_PURCHASE("Card.Purchase"),
    CARD_PURCHASE_PLUS_CASH("Card.PurchasePlusCash"),
    CARD_CASH_ADVANCE("Card.CashAdvance"),
    CARD_REFUND("Card.Refund"),
    CARD_AUTHORISE("Card.Authorise"),
    CARD_FINALISE("Card.Finalise"),
    QR_MERCHANT_PURCHASE("QR.Merchant.Purchase"),
    QR_CONSUMER_PURCHASE("QR.Consumer.Purchase"),
    QR_REFUND("QR.Refund"),
    ACQUIRER_LOGON("Acquirer.Logon"),
    ACQUIRER_SETTLEMENT_INQUIRY("Acquirer.Settlement.Inquiry"),
    ACQUIRER_SETTLEMENT_CUTOVER("Acquirer.Settlement.Cutover"),
    JOURNAL_REPRINT_RECEIPT("Journal.ReprintReceipt"),
    JOURNAL_GET_TRANS_RESULT("Journal.GetTransResult"),
    TERMINAL_GET_STATUS("Terminal.GetStatus"),
    TERMINAL_READ_CARD("Terminal.ReadCard");

    private final String wireName;

    TransactionFunction(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name that the POS and the device use. */
    public String wireName() {
        return wireName;
    }

    /** Returns true if money moves between customer and merchant. */
    public boolean isPayment() {
        return isCardPayment() || wireName.startsWith("QR.");
    }

    /** Returns true if the customer pays by card, or is paid to a card. */
    public boolean isCardPayment() {
        return wireName.startsWith("Card.");
    }

    /** Returns the function with exactly this name. */
    public static Optional<TransactionFunction> of(String wireName) {
        return Arrays.stream(values())
                .filter(function -> function.wireName.equals(wireName))
                .findFirst();
    }
}
