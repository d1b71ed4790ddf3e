package dev.terminalcloud.transaction.lifecycle;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * What the device is asked to do. Amounts are cents, positive; what the function does not use is null.
 *
 * @param saleData the JSON document that the register sent, as it was
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

    /** The cents that it is about: the total, what is to be authorised, or what is to be finalised; null if it is about none. */
    public Long requestedCents() {
        if (amountTotalCents != null) {
            return amountTotalCents;
        }
        return amountAuthCents != null ? amountAuthCents : amountFinalCents;
    }
}
