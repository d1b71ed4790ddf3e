package dev.terminalcloud.transaction.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TransactionStateTest {
    private static final DeviceReport ACCEPTED = DeviceReport.of(TransactionResult.OK_ACCEPTED, Result.OK);
    private static final DeviceReport DECLINED = DeviceReport.of(TransactionResult.OK_DECLINED, Result.OK);

    private final Transaction transaction = new Transaction(
            new RegisterIdentity("Vendor", "Shop", "1"),
            "1234567890",
            1,
            new TransactionRequest(TransactionFunction.CARD_PURCHASE, RequestedAmounts.ofTotal(500L), "r", null, null),
            null);

    @Test
    void completedTransactionDoesNotStartOrEndAgain() {
        transaction.change(state -> state.completed(ACCEPTED, Instant.EPOCH));
        TransactionState ended = transaction.state();

        assertRejected(state -> state.completed(DECLINED, Instant.EPOCH));
        assertRejected(state -> state.completed(ACCEPTED, Instant.EPOCH));
        assertRejected(state -> state.started(Instant.EPOCH));

        assertThat(transaction.state()).isEqualTo(ended);
    }

    private void assertRejected(UnaryOperator<TransactionState> change) {
        assertThatThrownBy(() -> transaction.change(change))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Outcome is already final: transactionId=" + transaction.id());
    }
}
