package dev.terminalcloud.transaction.lifecycle;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * The function that the device is asked to run, with its parameters. Amounts are cents, positive; unused parameters are
 * null.
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

    /**
     * Returns the requested cents: the total, or the amount to authorise or to finalise; null if the function has no
     * amount.
     */
    public Long requestedCents() {
        if (amountTotalCents != null) {
            return amountTotalCents;
        }
        return amountAuthCents != null ? amountAuthCents : amountFinalCents;
    }
}
