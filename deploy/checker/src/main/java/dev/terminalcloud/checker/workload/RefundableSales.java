package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.checker.plan.RefundUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The last purchases of a register that have ended, with the linked refunds of them that it has started. It reads them again before it chooses the
 * amount of another one, also after it has been paired with another device. For one thread.
 */
final class RefundableSales {
    private static final int MAX_SALES = 4;
    private static final int PART = 3;
    private static final Map<String, String> REFUNDS =
            Map.of("Card.Purchase", "Card.Refund", "QR.Merchant.Purchase", "QR.Refund");

    private record Sale(OpenTransaction purchase, List<OpenTransaction> refunds) {}

    private final RegisterClient register;
    private final List<Sale> sales = new ArrayList<>();

    RefundableSales(RegisterClient register) {
        this.register = register;
    }

    /** Adds a transaction that has ended; it is refundable if it is a purchase. */
    void add(Start start, OpenTransaction ended) {
        if (start.refund().isPresent() || !REFUNDS.containsKey(start.function())) {
            return;
        }
        if (sales.size() == MAX_SALES) {
            sales.remove(0);
        }
        sales.add(new Sale(ended, new ArrayList<>()));
    }

    /** Adds a refund that has been started. */
    void addRefund(LinkedRefund refund, OpenTransaction started) {
        sales.stream()
                .filter(sale -> sale.purchase().id().equals(refund.original()))
                .forEach(sale -> sale.refunds().add(started));
    }

    /** Returns the linked refund that the plan wants, if there is a purchase that is approved, and the register has a pairing token. */
    Optional<LinkedRefund> choose(Plan plan) throws InterruptedException {
        RefundUse use = plan.extras().refundUse();
        sales.removeIf(sale -> !sale.purchase().canBePolled());
        if (use == RefundUse.NONE || sales.isEmpty() || register.pairingToken().isEmpty()) {
            return Optional.empty();
        }
        Sale sale = sales.get(plan.number() % sales.size());
        Optional<JsonNode> purchase = read(sale.purchase());
        if (purchase.filter(RefundableSales::isApproved).isEmpty()) {
            sales.remove(sale);
            return Optional.empty();
        }
        long left = totalOf(purchase.get());
        for (OpenTransaction refund : sale.refunds()) {
            left -= read(refund).map(RefundableSales::refundedBy).orElse(0L);
        }
        return Optional.of(linkedRefund(sale.purchase().id(), purchase.get(), amount(use, left)));
    }

    private LinkedRefund linkedRefund(UUID original, JsonNode purchase, long amount) {
        String function = REFUNDS.get(purchase.path("data").path("Function").asText());
        return new LinkedRefund(
                original, function, amount, register.pairingToken().orElseThrow());
    }

    private static long amount(RefundUse use, long left) {
        return switch (use) {
            case PART -> Math.max(1, left / PART);
            case OVER -> Math.max(0, left) + 1;
            case NONE, REST, REST_TWICE_AT_ONCE -> Math.max(1, left);
        };
    }

    private Optional<JsonNode> read(OpenTransaction transaction) throws InterruptedException {
        return register.polls(transaction.id(), transaction.pollingUrl());
    }

    /** A refund that has not ended counts. */
    private static long refundedBy(JsonNode refund) {
        return !OpenTransaction.isCompleted(refund) || isApproved(refund) ? totalOf(refund) : 0;
    }

    private static boolean isApproved(JsonNode body) {
        return OpenTransaction.isCompleted(body)
                && body.path("data").path("TransactionResult").asText().equals("OK-ACCEPTED");
    }

    private static long totalOf(JsonNode body) {
        return body.path("data").path("AmountTotal").asLong();
    }
}
