package dev.terminalcloud.certification.pos.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rules for linked refunds: all refunds of a purchase together are at most what was paid. On the event loop. */
final class LinkedRefundRules {
    private static final String NOT_A_UUID = PosRequest.ORIGINAL + " must be a UUID";
    private static final String UNKNOWN =
            PosRequest.ORIGINAL + " must be a transaction of this register, before its RecordExpiry";
    private static final String NOT_ENDED =
            PosRequest.ORIGINAL + " must be a transaction that has ended: its outcome is not known yet";
    private static final String NOT_PAID = PosRequest.ORIGINAL + " must be an accepted %s";
    private static final String TOO_MUCH = "AmountTotal must be at most %d, which is left of the original transaction";

    private static final List<String> CARD = List.of("Card.Purchase", "Card.PurchasePlusCash", "Card.Finalise");
    private static final List<String> QR = List.of("QR.Merchant.Purchase", "QR.Consumer.Purchase");
    private static final String ACCEPTED = "OK-ACCEPTED";

    private final GatewayState state;

    LinkedRefundRules(GatewayState state) {
        this.state = state;
    }

    /** Returns the error of a linked refund whose original is not a UUID, whatever the register. */
    static Optional<String> malformed(PosRequest request) {
        return request.isLinkedRefund() && uuid(request).isEmpty() ? Optional.of(NOT_A_UUID) : Optional.empty();
    }

    /** Returns the error to reject a start with, if it is a linked refund that the POS API does not allow. */
    Optional<String> error(PosRequest request) {
        return request.isLinkedRefund() ? error(request, uuid(request).flatMap(state::find)) : Optional.empty();
    }

    private Optional<String> error(PosRequest refund, Optional<SimulatedTransaction> found) {
        if (found.filter(original -> original.request().isOfSameRegister(refund))
                .isEmpty()) {
            return Optional.of(UNKNOWN);
        }
        SimulatedTransaction original = found.get();
        List<String> refundable = refund.text("TransactionType").startsWith("QR.") ? QR : CARD;
        if (!refundable.contains(original.request().text("TransactionType"))) {
            return Optional.of(notPaid(refundable));
        }
        if (!original.isCompleted()) {
            return Optional.of(NOT_ENDED);
        }
        if (!isAccepted(original)) {
            return Optional.of(notPaid(refundable));
        }
        long left = Math.max(0, paid(original) - refunded(original));
        return cents(refund.text("AmountTotal")) > left ? Optional.of(TOO_MUCH.formatted(left)) : Optional.empty();
    }

    private static String notPaid(List<String> refundable) {
        int last = refundable.size() - 1;
        return NOT_PAID.formatted(String.join(", ", refundable.subList(0, last)) + " or " + refundable.get(last));
    }

    /** Returns the final total without the cash. */
    private static long paid(SimulatedTransaction original) {
        Map<String, String> data = original.state().data();
        PosRequest request = original.request();
        String requested =
                request.text("AmountTotal").isEmpty() ? request.text("AmountFinal") : request.text("AmountTotal");
        return cents(data.getOrDefault("AmountTotal", requested))
                - cents(data.getOrDefault("AmountCash", request.text("AmountCash")));
    }

    /** A refund that has not ended counts. */
    private long refunded(SimulatedTransaction original) {
        return state.newestFirst().stream()
                .filter(refund -> refund.request().isLinkedRefund())
                .filter(refund -> uuid(refund.request()).equals(Optional.of(original.id())))
                .filter(refund -> !refund.isCompleted() || isAccepted(refund))
                .mapToLong(refund -> cents(refund.request().text("AmountTotal")))
                .sum();
    }

    private static boolean isAccepted(SimulatedTransaction transaction) {
        return ACCEPTED.equals(transaction.state().data().get("TransactionResult"));
    }

    private static long cents(String amount) {
        return amount.isEmpty() ? 0 : Long.parseLong(amount);
    }

    private static Optional<String> uuid(PosRequest request) {
        try {
            return Optional.of(
                    UUID.fromString(request.text(PosRequest.ORIGINAL)).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
