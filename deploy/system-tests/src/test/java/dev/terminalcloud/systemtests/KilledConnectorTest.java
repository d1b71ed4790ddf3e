package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualregister.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ExtendWith(OneStack.class)
@Isolated("kills the connector of all devices")
class KilledConnectorTest {
    private static final String CONNECTOR = "device-connector";

    /** Time for the connector to restart, and for the device to reconnect with its backoff and to report. */
    private static final Duration RECOVERY = TestTimeouts.TIMEOUT;

    private final Shops shops;

    KilledConnectorTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void connectorKilledWhilePayingLosesNothing(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.ran().contains(payment.id()));

            shops.stack().kill(CONNECTOR);
            shop.device().endPayment(Ending.APPROVE);

            Answer completed = payment.awaitCompleted(RECOVERY);
            assertThat(completed.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(payment.id());
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> shop.journalled(payment.id()).orElseThrow() instanceof Finished finished
                            && finished.acknowledged());
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectorKilledRightAfterThePostLeavesBothSidesAgreed(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            shops.stack().kill(CONNECTOR);

            Answer completed = payment.awaitCompleted(RECOVERY);

            if (completed.data("Result").equals("FAILED-INTERFACE")) {
                assertThat(shop.ran()).isEmpty();
            } else {
                assertThat(completed.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
                assertThat(shop.ran()).containsExactly(payment.id());
            }
        }
    }
}
