package dev.terminalcloud.connector.budget;

import dev.terminalcloud.connector.config.BudgetLimits;
import java.time.Duration;

/** Budgets so small that a test exceeds them with a few calls. */
record TestBudgetLimits(Duration minSuspension, Duration maxSuspension, Duration suspensionResetAfter)
        implements BudgetLimits {
    static TestBudgetLimits withSuspension(Duration min, Duration max, Duration resetAfter) {
        return new TestBudgetLimits(min, max, resetAfter);
    }

    static TestBudgetLimits small() {
        return withSuspension(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Override
    public int maxConnectionsPerMinute() {
        return 60;
    }

    @Override
    public int maxConnectionBurst() {
        return 2;
    }

    @Override
    public int maxMessagesPerSecond() {
        return 2;
    }

    @Override
    public int maxMessageBurst() {
        return 3;
    }

    @Override
    public int maxBytesPerSecond() {
        return 1;
    }

    @Override
    public int maxByteBurst() {
        return 1;
    }

    @Override
    public int maxUnknownTransactionsPerHour() {
        return 60;
    }

    @Override
    public int maxUnknownTransactionBurst() {
        return 2;
    }

    @Override
    public Duration pairingCodeInterval() {
        return Duration.ofSeconds(5);
    }
}
