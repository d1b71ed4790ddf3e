package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.RequestedAmounts;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * The function that the device is asked to run, with its parameters; unused ones are null. Each amount is a column; everything else uses them
 * as {@link #amounts()}.
 *
 * @param saleData the JSON document that the register sent, unchanged
 */
@Embeddable
public record TransactionRequest(
        @Enumerated(EnumType.STRING) TransactionFunction function,
        Long amountTotalCents,
        Long amountCashCents,
        Long amountAuthCents,
        Long amountFinalCents,
        String transactionReference,
        @Column(name = "requested_date") String date,
        String saleData) {
    /** Maximum number of characters of the register's own reference, {@link Transaction#posReferenceId()}. */
    public static final int MAX_POS_REFERENCE_LENGTH = 64;

    public TransactionRequest(
            TransactionFunction function,
            RequestedAmounts amounts,
            String transactionReference,
            String date,
            String saleData) {
        this(
                function,
                amounts.amountTotalCents(),
                amounts.amountCashCents(),
                amounts.amountAuthCents(),
                amounts.amountFinalCents(),
                transactionReference,
                date,
                saleData);
    }

    public RequestedAmounts amounts() {
        return new RequestedAmounts(amountTotalCents, amountCashCents, amountAuthCents, amountFinalCents);
    }
}
