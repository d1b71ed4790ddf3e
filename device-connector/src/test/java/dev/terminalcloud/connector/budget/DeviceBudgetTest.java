package dev.terminalcloud.connector.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeviceBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long NOW = 5;

    private final DeviceBudget budget = new DeviceBudget(TestBudgetLimits.small(), NOW);

    @Test
    void moreConnectionsThanTheBudgetExceedIt() {
        assertThat(budget.chargeConnection(NOW)).isEmpty();
        assertThat(budget.chargeConnection(NOW)).isEmpty();

        assertThat(budget.chargeConnection(NOW)).hasValue(Budget.CONNECTIONS);
        assertThat(budget.chargeConnection(NOW + SECOND - 1)).hasValue(Budget.CONNECTIONS);
        assertThat(budget.chargeConnection(NOW + SECOND)).isEmpty();
    }

    @Test
    void moreMessagesThanTheBudgetExceedIt() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.chargeMessage(NOW)).isEmpty();
        }

        assertThat(budget.chargeMessage(NOW)).hasValue(Budget.MESSAGES);
        assertThat(budget.chargeMessage(NOW + SECOND / 2)).isEmpty();
    }

    @Test
    void oneRequestOfAPairingCodeIsAllowedInFiveSeconds() {
        assertThat(budget.chargePairingCode(NOW)).isEmpty();
        assertThat(budget.chargePairingCode(NOW + 5 * SECOND - 1)).hasValue(Budget.PAIRING_CODES);
        assertThat(budget.chargePairingCode(NOW + 5 * SECOND)).isEmpty();
    }

    @Test
    void moreUnknownTransactionsThanTheBudgetExceedIt() {
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).isEmpty();

        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).hasValue(Budget.UNKNOWN_TRANSACTIONS);
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW + MINUTE)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW + MINUTE)).hasValue(Budget.UNKNOWN_TRANSACTIONS);
    }

    @Test
    void unknownTransactionCountsOnceAnHour() {
        UUID first = UUID.randomUUID();
        assertThat(budget.chargeTransaction(first, NOW)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW)).isEmpty();

        assertThat(budget.chargeTransaction(first, NOW)).isEmpty();
        assertThat(budget.chargeTransaction(first, NOW + HOUR)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW + HOUR)).isEmpty();
        assertThat(budget.chargeTransaction(UUID.randomUUID(), NOW + HOUR)).hasValue(Budget.UNKNOWN_TRANSACTIONS);
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
