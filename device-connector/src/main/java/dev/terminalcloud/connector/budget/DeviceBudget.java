package dev.terminalcloud.connector.budget;

import dev.terminalcloud.connector.config.BudgetLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The budgets of one device, over all its sessions at this connector: a new connection does not fill them again. Thread-safe;
 * times are those of {@link System#nanoTime()}.
 */
public final class DeviceBudget {
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    /** A device runs one transaction, and may be offered the next one. */
    private static final int MAX_NAMED_TRANSACTIONS = 16;

    private final BudgetLimits limits;
    private final Allowance messages;
    private final Deque<UUID> named = new ArrayDeque<>(1);
    private final Set<UUID> unknown = new HashSet<>(1);
    private long hourStartNanos;
    private long pairingCodeAllowedNanos;
    private long suspendedUntilNanos;

    DeviceBudget(BudgetLimits limits, long nowNanos) {
        this.limits = limits;
        this.messages = new Allowance(limits.maxMessagesPerSecond(), limits.maxMessageBurst(), nowNanos);
        this.hourStartNanos = nowNanos;
        this.pairingCodeAllowedNanos = nowNanos;
        this.suspendedUntilNanos = nowNanos;
    }

    /** Charges a message; returns the budget that it exceeds, if it does. */
    public synchronized Optional<Budget> chargeMessage(long nowNanos) {
        return messages.tryTake(1, nowNanos) ? Optional.empty() : exceeded(Budget.MESSAGES, nowNanos);
    }

    /** Charges a request of a pairing code. A person may press a key twice, so it does not suspend the device. */
    public synchronized Optional<Budget> chargePairingCode(long nowNanos) {
        if (nowNanos - pairingCodeAllowedNanos < 0) {
            return Optional.of(Budget.PAIRING_CODES);
        }
        pairingCodeAllowedNanos = nowNanos + limits.pairingCodeInterval().toNanos();
        return Optional.empty();
    }

    /** Charges a message about a transaction: each that the cloud has not named to the device counts once an hour. */
    public synchronized Optional<Budget> chargeTransaction(UUID transactionId, long nowNanos) {
        if (nowNanos - hourStartNanos >= HOUR_NANOS) {
            hourStartNanos = nowNanos;
            unknown.clear();
        }
        if (named.contains(transactionId) || unknown.contains(transactionId)) {
            return Optional.empty();
        }
        if (unknown.size() >= limits.maxUnknownTransactionsPerHour()) {
            return exceeded(Budget.UNKNOWN_TRANSACTIONS, nowNanos);
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

    /** Suspends the device, which has exceeded a budget that its connection counts. */
    public synchronized void suspend(long nowNanos) {
        suspendedUntilNanos = nowNanos + limits.suspension().toNanos();
    }

    /** Returns whether the device has exceeded a budget a moment ago and must not connect yet. */
    public synchronized boolean isSuspended(long nowNanos) {
        return nowNanos - suspendedUntilNanos < 0;
    }

    private Optional<Budget> exceeded(Budget budget, long nowNanos) {
        suspend(nowNanos);
        return Optional.of(budget);
    }
}
