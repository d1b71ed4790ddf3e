package dev.terminalcloud.transaction.lifecycle;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Function that a device can run (POS API, section 3, {@code TransactionType}). */
public enum TransactionFunction {
    CARD_PURCHASE("Card.Purchase"),
    CARD_PURCHASE_PLUS_CASH("Card.PurchasePlusCash"),
    CARD_CASH_ADVANCE("Card.CashAdvance"),
    CARD_REFUND("Card.Refund"),
    CARD_AUTHORISE("Card.Authorise"),
    /** Raises an authorisation by an amount. */
    CARD_AUTHORISE_INCREMENT("Card.Authorise.Increment"),
    /** Releases an authorisation. Accepted means that the authorisation is cancelled, not the transaction. */
    CARD_AUTHORISE_CANCEL("Card.Authorise.Cancel"),
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

    /** Returns the functions that this one may refund, if it is a refund. */
    public Set<TransactionFunction> refundable() {
        return switch (this) {
            case CARD_REFUND -> EnumSet.of(CARD_PURCHASE, CARD_PURCHASE_PLUS_CASH, CARD_FINALISE);
            case QR_REFUND -> EnumSet.of(QR_MERCHANT_PURCHASE, QR_CONSUMER_PURCHASE);
            case CARD_PURCHASE,
                    CARD_PURCHASE_PLUS_CASH,
                    CARD_CASH_ADVANCE,
                    CARD_AUTHORISE,
                    CARD_AUTHORISE_INCREMENT,
                    CARD_AUTHORISE_CANCEL,
                    CARD_FINALISE,
                    QR_MERCHANT_PURCHASE,
                    QR_CONSUMER_PURCHASE,
                    ACQUIRER_LOGON,
                    ACQUIRER_SETTLEMENT_INQUIRY,
                    ACQUIRER_SETTLEMENT_CUTOVER,
                    JOURNAL_REPRINT_RECEIPT,
                    JOURNAL_GET_TRANS_RESULT,
                    TERMINAL_GET_STATUS,
                    TERMINAL_READ_CARD -> EnumSet.noneOf(TransactionFunction.class);
        };
    }

    /** Returns true if it refers to an authorisation by the register's {@code TransactionReference}. */
    public boolean needsReference() {
        return this == CARD_AUTHORISE_INCREMENT || this == CARD_AUTHORISE_CANCEL || this == CARD_FINALISE;
    }

    /** Returns the function with exactly this name. */
    public static Optional<TransactionFunction> of(String wireName) {
        return Arrays.stream(values())
                .filter(function -> function.wireName.equals(wireName))
                .findFirst();
    }
}
