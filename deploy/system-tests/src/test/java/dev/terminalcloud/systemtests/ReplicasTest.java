package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Each service has two replicas behind a round-robin gateway; one holds a request, and the other may receive the event that ends it. */
@Tag("slow")
@ExtendWith(OneStack.class)
@Isolated("kills replicas that serve all registers")
class ReplicasTest {
    private static final List<String> TRANSACTION = List.of("transaction-service", "transaction-service-2");

    /** More than the 6 s until another replica reads the events of a killed one. */
    private static final Duration RECOVERY = TestTimeouts.TIMEOUT;

    private final Shops shops;

    ReplicasTest(Shops shops) {
        this.shops = shops;
    }

    @AfterEach
    void allReplicasAreThereAgain() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction.start(shop.register(), 500).awaitCompleted(RECOVERY);
        }
    }

    @Test
    void synchronousPurchaseIsAnsweredByEitherReplica() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            // Each replica receives two requests; the one that reads this device's events holds at most two.
            List<String> results = Stream.generate(
                            () -> shop.register().purchaseSynchronously(500).join())
                    .limit(4)
                    .map(answer -> answer.data("TransactionResult"))
                    .toList();

            assertThat(results).containsOnly("OK-ACCEPTED");
            assertThat(shop.ran()).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void otherReplicaSurvivesAKill() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.ran().contains(payment.id()));
            String second = TRANSACTION.get(1);

            ProcessHandle killed = shops.stack().kill(second);
            List<Integer> statuses = Stream.generate(() -> shop.register().poll(payment.started()))
                    .limit(20)
                    .map(Answer::status)
                    .toList();
            shop.device().endPayment(Ending.APPROVE);

            assertThat(statuses).containsOnly(200);
            assertThat(payment.awaitCompleted(RECOVERY).data("TransactionResult"))
                    .isEqualTo("OK-ACCEPTED");
            assertThat(shop.ran()).containsExactly(payment.id());
            shops.stack().awaitReplacementOf(killed, second);
        }
    }

    @Test
    void shutdownAnswersHeldRequestsFirst() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            CompletableFuture<Answer> held = shop.register().purchaseSynchronously(559);
            await().atMost(TestTimeouts.TIMEOUT).until(() -> !shop.ran().isEmpty());

            List<ProcessHandle> ending =
                    TRANSACTION.stream().map(shops.stack()::terminate).toList();
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> ending.stream().filter(ProcessHandle::isAlive).count() == 1);
            ProcessHandle holder =
                    ending.stream().filter(ProcessHandle::isAlive).findFirst().orElseThrow();
            assertThat(held).isNotDone();
            shop.device().endPayment(Ending.APPROVE);

            Answer answer =
                    held.orTimeout(RECOVERY.toSeconds(), TimeUnit.SECONDS).join();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
            assertThat(holder.onExit()).succeedsWithin(RECOVERY);
            for (int i = 0; i < ending.size(); i++) {
                shops.stack().awaitReplacementOf(ending.get(i), TRANSACTION.get(i));
            }
        }
    }
}
