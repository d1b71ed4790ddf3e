package dev.terminalcloud.connector.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.config.BudgetLimits;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeviceBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long NOW = 5;

    private final DeviceBudget budget = new DeviceBudget(new Limits(), NOW);

    private record Limits() implements BudgetLimits {
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
            return 2;
        }

        @Override
        public Duration pairingCodeInterval() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration suspension() {
            return Duration.ofSeconds(10);
        }
    }

    @Test
    void moreMessagesThanTheBudgetSuspendTheDevice() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.chargeMessage(NOW)).isEmpty();
        }
        assertThat(budget.isSuspended(NOW)).isFalse();

        assertThat(budget.chargeMessage(NOW)).hasValue(Budget.MESSAGES);
        assertThat(budget.isSuspended(NOW + 10 * SECOND - 1)).isTrue();
        assertThat(budget.isSuspended(NOW + 10 * SECOND)).isFalse();
        assertThat(budget.chargeMessage(NOW + 10 * SECOND)).isEmpty();
    }

    @Test
    void oneRequestOfAPairingCodeIsAllowedInFiveSeconds() {
        assertThat(budget.chargePairingCode(NOW)).isEmpty();
        assertThat(budget.chargePairingCode(NOW + 5 * SECOND - 1)).hasValue(Budget.PAIRING_CODES);
        assertThat(budget.isSuspended(NOW)).isFalse();
        assertThat(budget.chargePairingCode(NOW + 5 * SECOND)).isEmpty();
    }

    @Test
    void eachUnknownTransactionCountsOnceAnHour() {
        UUID first = UUID.randomUUID();
        assertThat(budget.chargeTransaction(first, NOW)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).isEmpty();

        assertThat(budget.chargeTransaction(first, NOW)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).hasValue(Budget.UNKNOWN_TRANSACTIONS);
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW + HOUR)).isEmpty();
    }

    @Test
    void transactionThatTheCloudNamedDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            UUID offered = UUID.randomUUID();
            budget.recordNamed(offered);
            assertThat(budget.chargeTransaction(offered, NOW)).isEmpty();
        }
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).isEmpty();
    }
}
