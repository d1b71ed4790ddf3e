package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertDelayed;
import static dev.terminalcloud.systemtests.conformance.Expected.assertSituation;
import static dev.terminalcloud.systemtests.conformance.Waits.DEADLINE;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Section 4: the table of situations, except for those that take long. */
@Conformance
class SituationsConformanceTest {
    private final TargetSystem cloud;
    private final Collection<Activity> activities = new ConcurrentLinkedQueue<>();

    SituationsConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.RUNNING)
    void running() throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);

            assertSituation(shop.register().poll(payment.started()), "PENDING", null, null);

            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);
        }
    }

    @Proves(Row.DEVICE_LOST)
    void deviceLostItsConnection() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.watcher(activities::add))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            Waits.awaitRunning(shop, payment);
            Waits.unplug(shop, activities);

            assertDelayed(payment.awaitPoll(DEADLINE, Answer::isDelayed));

            shop.device().endPayment(Ending.APPROVE);
            shop.device().plugNetwork();
            payment.awaitCompleted(DEADLINE);
        }
    }

    @Proves(Row.APPROVED)
    void approved() throws Exception {
        assertEnds(500, "OK-ACCEPTED", "OK");
    }

    @Proves(Row.DECLINED)
    void declined() throws Exception {
        assertEnds(551, "OK-DECLINED", "OK");
    }

    @Proves(Row.CANCELLED)
    void cancelledOnTheDevice() throws Exception {
        assertEnds(554, "CANCELLED", "CANCELLED");
    }

    @Proves(Row.UNAVAILABLE)
    void acquirerCouldNotBeReached() throws Exception {
        assertEnds(556, "OK-UNAVAILABLE", "OK");
    }

    @Proves(Row.FAULT)
    void deviceReportsAFault() throws Exception {
        assertEnds(555, "FAILED", "FAILED");
    }

    @Proves(Row.NOT_REACHED)
    void deviceCouldNotBeReached() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.watcher(activities::add))) {
            Waits.unplug(shop, activities);

            Answer completed = PolledTransaction.start(shop.register(), 500).awaitCompleted(DEADLINE);

            assertSituation(completed, "COMPLETED", "CANCELLED", "FAILED-INTERFACE");
            assertThat(shop.ran()).isEmpty();
        }
    }

    @Proves(Row.ACQUIRER_DONE)
    void acquirerFunctionsAreDone() throws Exception {
        try (Shop shop = cloud.paired()) {
            for (String type :
                    List.of("Acquirer.Logon", "Acquirer.Settlement.Inquiry", "Acquirer.Settlement.Cutover")) {
                Answer completed = runs(shop, type);

                assertApproved(completed);
                assertThat(completed.data("AcquirerRef")).matches("[0-9]{6}");
                assertThat(completed.data("TerminalRef")).matches("[0-9]{8}");
                assertThat(completed.data("Receipt")).isNotBlank();
            }
        }
    }

    @Proves(Row.GET_STATUS)
    void terminalGetStatus() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer completed = runs(shop, "Terminal.GetStatus");

            assertSituation(completed, "COMPLETED", null, "OK");
            assertThat(completed.data("Status")).isEqualTo("READY");
        }
    }

    @Proves(Row.GET_TRANS_RESULT)
    void journalGetTransResult() throws Exception {
        try (Shop shop = cloud.paired()) {
            for (long amount : new long[] {500, 551}) {
                PolledTransaction last = PolledTransaction.start(shop.register(), amount);
                Answer reported = last.awaitCompleted(TIMEOUT);

                Answer completed = runs(shop, "Journal.GetTransResult");

                assertSituation(completed, "COMPLETED", reported.data("TransactionResult"), reported.data("Result"));
                assertThat(completed.data("ReferenceId")).isEqualTo(last.id().toString());
                for (String same :
                        List.of("AmountTotal", "AcquirerRef", "TerminalRef", "CardPan", "Timestamp", "Receipt")) {
                    assertThat(completed.data(same)).as(same).isEqualTo(reported.data(same));
                }
                assertThat(completed.data("RequestId"))
                        .isEqualTo(completed.transactionId().toString());
            }
        }
    }

    @Proves(Row.REPRINT)
    void journalReprintReceipt() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer last = PolledTransaction.start(shop.register(), 500).awaitCompleted(TIMEOUT);

            Answer completed = runs(shop, "Journal.ReprintReceipt");

            assertApproved(completed);
            assertThat(completed.data("Receipt")).isEqualTo(last.data("Receipt"));
        }
    }

    @Proves(Row.READ_CARD)
    void terminalReadCard() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer completed = runs(shop, "Terminal.ReadCard");

            assertApproved(completed);
            assertThat(completed.data("CardPan")).matches("\\.+[0-9]{4}");
            assertThat(completed.data("CardType")).isNotBlank();
        }
    }

    private void assertEnds(long amount, String transactionResult, String result) throws Exception {
        try (Shop shop = cloud.paired()) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), amount);

            assertSituation(payment.awaitCompleted(TIMEOUT), "COMPLETED", transactionResult, result);
            assertThat(shop.ran()).containsExactly(payment.id());
        }
    }

    private static Answer runs(Shop shop, String type) {
        return PolledTransaction.start(shop.register(), shop.register().transaction(type, Map.of()))
                .awaitCompleted(TIMEOUT);
    }
}
