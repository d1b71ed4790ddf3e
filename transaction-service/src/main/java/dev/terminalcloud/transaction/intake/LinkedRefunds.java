package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RefundedTransaction;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The limit of linked refunds: all refunds of a transaction together are never more than what was paid.
 *
 * <p>The row of the original is locked before its refunds are added up, until the new one is inserted and committed: so the refunds of one
 * original are accepted one after the other, at whichever replica. The rows of the refunds are the only count. One that was accepted counts,
 * and so does one that may still be; one that certainly gave nothing back does not.
 */
@ApplicationScoped
class LinkedRefunds {
    private final TransactionTable transactions;
    private final TransactionConfiguration config;

    LinkedRefunds(TransactionTable transactions, TransactionConfiguration config) {
        this.transactions = transactions;
        this.config = config;
    }

    /** Splits a batch so that no two refunds of one original are in the same round: the second is checked after the first is inserted. */
    static List<List<Transaction>> rounds(Collection<Transaction> batch) {
        return Rounds.of(List.copyOf(batch), transaction -> transaction
                .refunded()
                .map(RefundedTransaction::transactionId)
                .orElse(transaction.id())
                .toString());
    }

    /**
     * Checks the linked refunds of a round and locks their originals. The devices of the round must be locked, and all originals of a
     * database transaction must be in its first round: rows are locked in one order. A refund that passes gets the references of its
     * original.
     *
     * @return the errors of those that must not be inserted
     */
    Uni<Map<Transaction, ApiException>> check(WriteTransaction write, List<Transaction> round) {
        List<Transaction> linked = round.stream()
                .filter(transaction -> transaction.refunded().isPresent())
                .toList();
        if (linked.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Set<UUID> originals = linked.stream().map(LinkedRefunds::originalId).collect(Collectors.toSet());
        return transactions.lock(write, originals, Set.of()).chain(found -> transactions
                .refunded(write.session(), originals)
                .map(refunded -> errors(linked, found, refunded)));
    }

    private Map<Transaction, ApiException> errors(
            List<Transaction> linked, Map<UUID, Transaction> found, Map<UUID, Long> refunded) {
        Map<Transaction, ApiException> errors = new HashMap<>();
        for (Transaction refund : linked) {
            UUID id = originalId(refund);
            Transaction original = found.get(id);
            new LinkedRefund(refund, original)
                    .check(refunded.getOrDefault(id, 0L), config.retention())
                    .ifPresentOrElse(
                            error -> errors.put(refund, error),
                            () -> refund.refunding(RefundedTransaction.of(original)));
        }
        return errors;
    }

    private static UUID originalId(Transaction refund) {
        return refund.refunded().orElseThrow().transactionId();
    }
}
