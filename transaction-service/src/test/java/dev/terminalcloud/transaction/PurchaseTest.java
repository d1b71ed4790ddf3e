package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.FakeDevice.declined;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.RefusalReason;
import dev.terminalcloud.events.TransactionEvent.TransactionAccepted;
import dev.terminalcloud.events.TransactionEvent.TransactionChange;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A purchase from the register's request to its outcome, with everything that may go wrong on the device's side. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PurchaseTest {
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @Test
    void isOfferedClaimedGrantedAndFinished() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        Answer started = register.pays(500);
        OfferTransaction offer = offerOf(device, started);
        assertThat(offer.sessionId()).isEqualTo(device.session());
        assertThat(offer.function()).isEqualTo("Card.Purchase");
        assertThat(offer.amounts().amountTotalCents()).isEqualTo(500);
        assertThat(offer.pairingNumber()).isEqualTo(1);
        device.starts(started.transactionId());
        device.shows(started.transactionId(), "PRESENT CARD");
        device.finishes(started.transactionId(), approved(500));

        Answer polled = register.awaitsEnd(started);
        assertThat(polled.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(polled.data("Result")).isEqualTo("OK");
        assertThat(polled.data("AmountTotal")).isEqualTo("525");
        assertThat(polled.data("AmountSurcharge")).isEqualTo("25");
        assertThat(polled.data("AmountTip")).isEqualTo("0");
        assertThat(polled.data("CardType")).isEqualTo("VISA");
        assertThat(polled.data("Receipt")).isEqualTo("RECEIPT\n\n");
        assertThat(polled.data("RequestId")).isEqualTo(started.transactionId().toString());
        awaitTrue(() -> eventsOf(started).size() == 4);
        assertThat(eventsOf(started))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(
                        TransactionAccepted.class,
                        TransactionStarted.class,
                        TransactionPrompted.class,
                        TransactionCompleted.class);
        assertThat(eventsOf(started)).extracting(TransactionChange::version).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void commandsGoToThePartitionOfTheDevicesConnector() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        OfferTransaction offer = offerOf(device, started);
        assertThat(kafkaClient.published()).contains(new KafkaTestClient.Published(FakeDevice.CONNECTOR, offer));
    }

    /** The connector of the second connection knows nothing of the trace, so the transaction's own beginning counts. */
    @Test
    void laterOfferAndItsResultContinueTheTraceOfTheRequest() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        shop.execute(
                "update transaction set traceparent = $1 where id = $2",
                Tuple.of(TRACEPARENT, started.transactionId()));

        device.connected();
        OfferTransaction offer = offerOf(device, started);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        register.awaitsEnd(started);
        awaitTrue(() -> eventsOf(started).size() == 3);

        assertThat(kafkaClient.traceparent(offer)).isEqualTo(TRACEPARENT);
        assertThat(eventsOf(started))
                .extracting(kafkaClient::traceparent)
                .containsExactly(null, TRACEPARENT, TRACEPARENT);
    }

    @Test
    void declineIsAResultLikeAnyOther() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(551);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), declined(551));
        assertThat(register.awaitsEnd(started).data("TransactionResult")).isEqualTo("OK-DECLINED");
    }

    @Test
    void claimThatIsRepeatedIsGrantedAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.claims(started.transactionId());
        awaitTrue(() -> device.commands(GrantStart.class, grant -> true).size() == 2);
        assertThat(register.polls(started).body().path("version").asLong()).isEqualTo(2);
    }

    @Test
    void resultThatIsRepeatedHasNoSecondEffect() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        Answer first = register.awaitsEnd(started);

        device.finishes(started.transactionId(), approved(500));
        awaitProcessed(device);

        assertThat(register.polls(started).body()).isEqualTo(first.body());
        assertThat(discrepanciesOf(started)).isZero();
    }

    @Test
    void resultThatContradictsTheFirstIsKeptBesideIt() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), declined(500));
        Answer first = register.awaitsEnd(started);

        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> discrepanciesOf(started, "CONTRADICTS_OUTCOME") == 1);

        assertThat(register.polls(started).body()).isEqualTo(first.body());
    }

    @Test
    void refusalEndsItForCertain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.refuses(started.transactionId(), RefusalReason.BUSY);
        assertNeverRan(register.awaitsEnd(started));
    }

    @Test
    void deviceThatIsNotConnectedGetsTheOfferWithItsHello() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        assertThat(started.status()).isEqualTo(200);
        device.connected();
        assertThat(offerOf(device, started).sessionId()).isEqualTo(device.session());
    }

    @Test
    void reconnectedDeviceIsOfferedAnUnclaimedTransactionAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        offerOf(device, started);
        device.disconnected();
        device.connected();
        device.awaitCommand(OfferTransaction.class, offer -> offer.sessionId().equals(device.session()));
    }

    @Test
    void deviceThatIsNotReachedInTimeNeverRunsIt() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        shop.letExpire(started.transactionId());
        assertNeverRan(register.awaitsEnd(started));

        device.connected();
        device.claims(started.transactionId());
        device.awaitCommand(
                RefuseStart.class, refusal -> refusal.transactionId().equals(started.transactionId()));
        assertThat(device.commands(GrantStart.class, grant -> true)).isEmpty();
    }

    @Test
    void grantedTransactionNeverExpires() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        shop.letExpire(started.transactionId());
        Answer other = expiredTransactionOfAnotherDevice();
        shop.register().awaitsEnd(other);
        assertThat(register.polls(started).body().path("transactionStatus").asText())
                .isEqualTo("PENDING");
    }

    @Test
    void deviceLostDuringPaymentDelaysUntilItReports() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(558);
        device.starts(started.transactionId());
        device.disconnected();
        awaitTrue(() ->
                shop.count("device_session where session_id = $1 and ended_at is not null", Tuple.of(device.session()))
                        == 1);
        assertThat(register.polls(started).data("Result")).isNull();
        shop.execute(
                "update device_session set ended_at = now() - interval '10 seconds' where session_id = $1",
                Tuple.of(device.session()));
        awaitTrue(() -> "DELAYED-TRANSACTION".equals(register.polls(started).data("Result")));
        Answer delayed = register.polls(started);
        assertThat(delayed.data("TransactionResult")).isEqualTo("OK-DELAYED");
        assertThat(delayed.data("ResultText")).isEqualTo("Transaction takes longer than usual");
        assertThat(delayed.body().path("transactionStatus").asText()).isEqualTo("PENDING");

        device.connected();
        device.awaitCommand(
                ReportTransaction.class, report -> report.sessionId().equals(device.session()));
        device.finishes(started.transactionId(), approved(558));
        assertThat(register.awaitsEnd(started).data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(eventsOf(started))
                .filteredOn(TransactionDelayed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void overdueTransactionIsDelayedAndItsDeviceIsAsked() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(559);
        device.starts(started.transactionId());
        shop.execute("update transaction set overdue_at = now() where id = $1", Tuple.of(started.transactionId()));
        awaitTrue(() -> "OK-DELAYED".equals(register.polls(started).data("TransactionResult")));
        device.awaitCommand(
                ReportTransaction.class, report -> report.transactionId().equals(started.transactionId()));
        assertThat(shop.count(
                        "transaction where id = $1 and next_report_at > now() and report_wait = interval '30 seconds'",
                        Tuple.of(started.transactionId())))
                .isEqualTo(1);
    }

    @Test
    void deviceThatHasLostItsJournalProvesNothingAndIsFreeAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.hasNeverSeen(started.transactionId());
        awaitTrue(() -> discrepanciesOf(started, "NEVER_SEEN") == 1);
        Answer polled = register.polls(started);
        assertThat(polled.data("TransactionResult")).isEqualTo("OK-DELAYED");
        assertThat(polled.body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(register.pays(600).status()).isEqualTo(200);
    }

    @Test
    void resultWithoutAGrantIsAccepted() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.finishes(started.transactionId(), approved(500));
        assertThat(register.awaitsEnd(started).data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(discrepanciesOf(started, "RAN_WITHOUT_GRANT")).isEqualTo(1);
    }

    @Test
    void resultFromAnotherDeviceIsNotTaken() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        FakeDevice other = shop.device().connected();
        other.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> discrepanciesOf(started, "OTHER_DEVICE") == 1);
        assertThat(register.polls(started).body().path("transactionStatus").asText())
                .isEqualTo("PENDING");
    }

    @Test
    void resultOfAnUnknownTransactionIsKept() {
        FakeDevice device = shop.device().connected();
        UUID unknown = UUID.randomUUID();
        device.finishes(unknown, approved(500));
        awaitTrue(() -> shop.count(
                        "discrepancy where transaction_id = $1 and reason = 'UNKNOWN_TRANSACTION'", Tuple.of(unknown))
                == 1);
    }

    private Answer expiredTransactionOfAnotherDevice() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        shop.letExpire(started.transactionId());
        return started;
    }

    /** Waits until all earlier events of the device have been applied. */
    private void awaitProcessed(FakeDevice device) {
        UUID marker = UUID.randomUUID();
        device.claims(marker);
        awaitTrue(() -> shop.count("discrepancy where transaction_id = $1", Tuple.of(marker)) == 1);
    }

    private static OfferTransaction offerOf(FakeDevice device, Answer started) {
        return device.awaitCommand(
                OfferTransaction.class, offer -> offer.transactionId().equals(started.transactionId()));
    }

    private static void assertNeverRan(Answer polled) {
        assertThat(polled.data("TransactionResult")).isEqualTo("CANCELLED");
        assertThat(polled.data("Result")).isEqualTo("FAILED-INTERFACE");
    }

    private List<TransactionChange> eventsOf(Answer started) {
        return kafkaClient.events(TransactionChange.class).stream()
                .filter(event -> event.transactionId().equals(started.transactionId()))
                .toList();
    }

    private long discrepanciesOf(Answer started) {
        return shop.count("discrepancy where transaction_id = $1", Tuple.of(started.transactionId()));
    }

    private long discrepanciesOf(Answer started, String reason) {
        return shop.count(
                "discrepancy where transaction_id = $1 and reason = $2", Tuple.of(started.transactionId(), reason));
    }
}
