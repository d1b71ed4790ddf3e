package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Expected.assertSituation;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.virtualregister.FormBody.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Section 6: synchronous mode. */
@Conformance
class SynchronousConformanceTest {
    private final TargetSystem cloud;

    SynchronousConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.MODE_MISSING)
    void withoutAModeTheAnswerIsHeld() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(Waits::untilEnded))) {
            Map<String, String> purchase = shop.register().purchase(500);
            purchase.remove("TransactionMode");
            assertHeld(shop, purchase);
        }
    }

    @Proves(Row.MODE_EMPTY)
    void withAnEmptyModeTheAnswerIsHeld() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(Waits::untilEnded))) {
            Map<String, String> purchase = shop.register().purchase(500);
            purchase.put("TransactionMode", "");
            assertHeld(shop, purchase);
            assertThat(shop.ran()).hasSize(1);
        }
    }

    @Proves(Row.CLIENT_LEAVES)
    void disconnectedClientDoesNotAffectTheTransaction() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(Waits::untilEnded))) {
            VirtualRegister register = shop.register();
            Map<String, String> purchase = register.purchase(500);
            purchase.remove("TransactionMode");
            try (Socket client = RawHttp.beginsToPost(register.url("Transaction"), encode(purchase))) {
                await().atMost(TIMEOUT).until(() -> shop.ran().size() == 1);
                assertThat(client.isConnected()).isTrue();
            }

            assertRefused(register.startPurchase(700), 429, "device is busy");
            shop.device().endPayment(Ending.DECLINE);
            await().atMost(TIMEOUT)
                    .until(() -> shop.journalled(shop.ran().get(0)).orElseThrow() instanceof Finished finished
                            && finished.acknowledged());
            Answer last = lastTransaction(shop);
            assertSituation(last, "COMPLETED", "OK-DECLINED", "OK");
            assertThat(last.data("ReferenceId")).isEqualTo(shop.ran().get(0).toString());
        }
    }

    private static void assertHeld(Shop shop, Map<String, String> purchase) throws Exception {
        CompletableFuture<Answer> answer = shop.register().startAsync(purchase);
        await().atMost(TIMEOUT).until(() -> shop.ran().size() == 1);
        assertThat(answer).isNotDone();

        shop.device().endPayment(Ending.APPROVE);

        Answer completed = answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertApproved(completed);
        assertThat(completed.member("RecordExpiry")).isNotNull();
        assertThat(completed.data("RequestId")).isEqualTo(shop.ran().get(0).toString());
    }

    /** A register without a response asks the device. */
    private static Answer lastTransaction(Shop shop) {
        VirtualRegister register = shop.register();
        Answer started = await().atMost(TIMEOUT)
                .until(
                        () -> register.start(register.transaction("Journal.GetTransResult", Map.of())),
                        start -> start.status() == 200);
        PolledTransaction inquiry = PolledTransaction.of(register, started);
        await().atMost(TIMEOUT).until(() -> shop.ran().contains(inquiry.id()));
        shop.device().endPayment(Ending.APPROVE);
        return inquiry.awaitCompleted(TIMEOUT);
    }
}
