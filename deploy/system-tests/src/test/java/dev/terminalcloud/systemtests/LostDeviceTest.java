package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.ConnectionLost;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualregister.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ExtendWith(OneStack.class)
class LostDeviceTest {
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;

    /** Time until a device counts as lost: 10 s, and a sweep. */
    private static final Duration UNTIL_DELAYED = Duration.ofSeconds(20);

    /** Time until a transaction expires: 15 s, and a sweep. */
    private static final Duration UNTIL_EXPIRED = Duration.ofSeconds(25);

    private final Shops shops;
    private final List<Activity> activities = new CopyOnWriteArrayList<>();

    LostDeviceTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void deviceThatIsOffNeverRunsTheTransaction(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport, builder -> builder.watcher(activities::add))) {
            unplug(shop);
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);

            Answer completed = payment.awaitCompleted(UNTIL_EXPIRED);

            assertThat(completed.data("TransactionResult")).isEqualTo("CANCELLED");
            assertThat(completed.data("Result")).isEqualTo("FAILED-INTERFACE");

            shop.device().plugNetwork();
            PolledTransaction next = PolledTransaction.start(shop.register(), 500);
            assertThat(next.awaitCompleted(TIMEOUT).data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(next.id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceLostDuringPaymentDelaysUntilItReports(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport, builder -> builder.watcher(activities::add))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.ran().contains(payment.id()));
            unplug(shop);

            Answer delayed = payment.awaitPoll(UNTIL_DELAYED, Answer::isDelayed);
            assertThat(delayed.transactionStatus()).isEqualTo("PENDING");
            assertThat(delayed.data("Result")).isEqualTo("DELAYED-TRANSACTION");
            assertThat(delayed.data("ResultText")).isEqualTo("Transaction takes longer than usual");

            shop.device().endPayment(Ending.APPROVE);
            shop.device().plugNetwork();

            assertThat(payment.awaitCompleted(TIMEOUT).data("TransactionResult"))
                    .isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(payment.id());
        }
    }

    @Test
    void lostResultIsResentOnTheNextConnection() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 558);

            Answer completed = payment.awaitCompleted(UNTIL_EXPIRED);

            assertThat(completed.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(payment.id());
        }
    }

    @Test
    void powerCutDuringPaymentIsReversedAndReported() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.ran().contains(payment.id()));
            shop.device().powerOff();
            shop.device().powerOn();

            Answer completed = payment.awaitCompleted(UNTIL_EXPIRED);

            assertThat(completed.data("TransactionResult")).isEqualTo("CANCELLED");
            assertThat(completed.data("Result")).isEqualTo("CANCELLED");
            assertThat(shop.journalled(payment.id())).get().isInstanceOf(Finished.class);
        }
    }

    private void unplug(Shop shop) {
        shop.device().unplugNetwork();
        await().atMost(TestTimeouts.TIMEOUT)
                .until(() -> activities.stream().anyMatch(ConnectionLost.class::isInstance));
    }
}
