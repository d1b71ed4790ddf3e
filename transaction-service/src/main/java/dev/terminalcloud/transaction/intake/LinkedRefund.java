package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.lifecycle.PaidAmount;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A refund and the transaction that it refunds; the decision about it is a pure function.
 *
 * @param original its row is locked; null if it was not found
 */
record LinkedRefund(Transaction refund, Transaction original) {

    /**
     * Decides whether the refund is allowed.
     *
     * @param refundedCents what other refunds of the original have given back, or may
     * @param retention the records of transactions that are older have expired
     * @return the error to answer with; empty if it is allowed
     */
    Optional<ApiException> check(long refundedCents, Duration retention) {
        if (original == null
                || !original.register().equals(refund.register())
                || !original.createdAt()
                        .plus(retention)
                        .isAfter(original.lockedAt().time())) {
            return Optional.of(RefundError.ORIGINAL_UNKNOWN.exception());
        }
        if (!refundable().contains(original.request().function())) {
            return Optional.of(notPaid());
        }
        if (original.phase() != Phase.COMPLETED) {
            return Optional.of(RefundError.ORIGINAL_NOT_ENDED.exception());
        }
        OptionalLong paid = PaidAmount.refundable(original);
        if (paid.isEmpty()) {
            return Optional.of(notPaid());
        }
        long left = Math.max(0, paid.getAsLong() - refundedCents);
        return refund.request().amounts().requestedCents() > left
                ? Optional.of(RefundError.MORE_THAN_IS_LEFT.exception(left))
                : Optional.empty();
    }

    private ApiException notPaid() {
        return RefundError.ORIGINAL_NOT_PAID.exception(types());
    }

    /** Returns the names of the types that it may refund: {@code A, B or C}. */
    private String types() {
        List<String> names =
                refundable().stream().map(TransactionFunction::wireName).toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private Set<TransactionFunction> refundable() {
        return refund.request().function().refundable();
    }
}
