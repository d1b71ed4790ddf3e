package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ExtendWith(OneStack.class)
class PurchaseTest {
    private static final Duration TIMEOUT = TestTimeouts.TIMEOUT;

    private final Shops shops;

    PurchaseTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void approvedPurchaseIsTheSameOnBothSides(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport, builder -> builder.extras(new Extras(25, 100)))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            assertThat(payment.started().transactionStatus()).isEqualTo("PENDING");
            assertThat(payment.started().data("AmountTotal")).isEqualTo("500");

            Answer completed = payment.awaitCompleted(TIMEOUT);

            assertThat(shop.ran()).containsExactly(payment.id());
            Report report = ((Finished) shop.journalled(payment.id()).orElseThrow()).report();
            assertThat(completed.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(completed.data("Result")).isEqualTo("OK");
            assertThat(completed.data("AmountTotal")).isEqualTo("625");
            assertThat(completed.data("AmountSurcharge")).isEqualTo("25");
            assertThat(completed.data("AmountTip")).isEqualTo("100");
            assertThat(completed.data("AuthId")).isEqualTo(report.authId());
            assertThat(completed.data("AcquirerRef")).isEqualTo(report.acquirerRef());
            assertThat(completed.data("CardPan")).isEqualTo("....0138");
            assertThat(completed.data("Receipt")).isEqualTo(report.receipt());
            assertThat(completed.data("DeviceID")).isEqualTo(shop.device().id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void declinedPurchaseIsTheSameOnBothSides(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 551);

            Answer completed = payment.awaitCompleted(TIMEOUT);

            assertThat(completed.data("TransactionResult")).isEqualTo("OK-DECLINED");
            assertThat(completed.data("Result")).isEqualTo("OK");
            assertThat(shop.ran()).containsExactly(payment.id());
            Report report = ((Finished) shop.journalled(payment.id()).orElseThrow()).report();
            assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_DECLINED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceThatIsPayingIsBusy(Transport transport) throws Exception {
        try (Shop shop = shops.paired(transport)) {
            PolledTransaction first = PolledTransaction.start(shop.register(), 559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.ran().contains(first.id()));

            Answer second = shop.register().startPurchase(500);

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.text()).isEqualTo("{\"error\":\"device is busy\"}");

            shop.device().endPayment(Ending.APPROVE);
            assertThat(first.awaitCompleted(TIMEOUT).data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            PolledTransaction third = PolledTransaction.start(shop.register(), 500);
            third.awaitCompleted(TIMEOUT);
            assertThat(shop.ran()).containsExactly(first.id(), third.id());
        }
    }

    @Test
    void wrongTokenSeesNothing() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            URI url = payment.started().pollingUrl();
            String wrong = url.toString().replaceFirst("merchantAccessToken=.*", "merchantAccessToken=" + payment.id());

            Answer answer = shop.register().poll(URI.create(wrong));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"error\":\"Invalid token\"}");
            payment.awaitCompleted(TIMEOUT);
        }
    }
}
