package dev.terminalcloud.connector.budget;

import dev.terminalcloud.connector.config.BudgetLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The budgets of one device, over all its sessions at this connector: a new connection does not fill them again. Thread-safe;
 * times are those of {@link System#nanoTime()}.
 */
public final class DeviceBudget {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A device runs one transaction, and may be offered the next one. */
    private static final int MAX_NAMED_TRANSACTIONS = 16;

    private final BudgetLimits limits;
    private final Allowance connections;
    private final Allowance messages;
    private final Allowance unknownTransactions;
    private final Deque<UUID> named = new ArrayDeque<>(1);
    private final Set<UUID> unknown = new HashSet<>(1);
    private long hourStartNanos;
    private long pairingCodeAllowedNanos;

    DeviceBudget(BudgetLimits limits, long nowNanos) {
        this.limits = limits;
        this.connections =
                Allowance.per(MINUTE, limits.maxConnectionsPerMinute(), limits.maxConnectionBurst(), nowNanos);
        this.messages = new Allowance(limits.maxMessagesPerSecond(), limits.maxMessageBurst(), nowNanos);
        this.unknownTransactions = Allowance.per(
                HOUR, limits.maxUnknownTransactionsPerHour(), limits.maxUnknownTransactionBurst(), nowNanos);
        this.hourStartNanos = nowNanos;
        this.pairingCodeAllowedNanos = nowNanos;
    }

    /** Charges an accepted connection; returns the budget that it exceeds, if it does. */
    public synchronized Optional<Budget> chargeConnection(long nowNanos) {
        return connections.tryTake(1, nowNanos) ? Optional.empty() : Optional.of(Budget.CONNECTIONS);
    }

    /** Charges a message; returns the budget that it exceeds, if it does. */
    public synchronized Optional<Budget> chargeMessage(long nowNanos) {
        return messages.tryTake(1, nowNanos) ? Optional.empty() : Optional.of(Budget.MESSAGES);
    }

    /** Charges a request of a pairing code; returns the budget that it exceeds, if it does. */
    public synchronized Optional<Budget> chargePairingCode(long nowNanos) {
        if (nowNanos - pairingCodeAllowedNanos < 0) {
            return Optional.of(Budget.PAIRING_CODES);
        }
        pairingCodeAllowedNanos = nowNanos + limits.pairingCodeInterval().toNanos();
        return Optional.empty();
    }

    /**
     * Charges a message about a transaction: each that the cloud has not named to the device counts, a repeated one once an
     * hour. Returns the budget that it exceeds, if it does.
     */
    public synchronized Optional<Budget> chargeTransaction(UUID transactionId, long nowNanos) {
        if (nowNanos - hourStartNanos >= HOUR.toNanos()) {
            hourStartNanos = nowNanos;
            unknown.clear();
        }
        if (named.contains(transactionId) || unknown.contains(transactionId)) {
            return Optional.empty();
        }
        if (!unknownTransactions.tryTake(1, nowNanos)) {
            return Optional.of(Budget.UNKNOWN_TRANSACTIONS);
        }
        unknown.add(transactionId);
        return Optional.empty();
    }

    /** Records that a command names the transaction to the device. */
    public synchronized void recordNamed(UUID transactionId) {
        if (named.contains(transactionId)) {
            return;
        }
        if (named.size() == MAX_NAMED_TRANSACTIONS) {
            named.removeFirst();
        }
        named.addLast(transactionId);
    }
}
