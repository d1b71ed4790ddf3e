package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerInWrongOrder;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerLate;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwice;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwiceDifferently;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.ForgetJournal;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.RefuseCancel;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.RunWithoutGrant;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class MisbehaviourTest {
    private final FakeCloud cloud = FakeCloud.overTcp();
    private final UUID id = UUID.randomUUID();
    private VirtualDevice device;

    @AfterEach
    void stop() {
        device.close();
        cloud.close();
    }

    private void start(Misbehaviour misbehaviour) throws Exception {
        device = Devices.at(cloud).misbehaviour(misbehaviour).build();
        device.start().toCompletableFuture().get(10, SECONDS);
        cloud.offerPurchase(id, 1, 500);
    }

    @Test
    void refusesToCancelAndEndsAsItWould() throws Exception {
        device = Devices.at(cloud)
                .timing(Devices.QUICK.withPayment(Duration.ofHours(1)))
                .misbehaviour(new RefuseCancel())
                .build();
        device.start().toCompletableFuture().get(10, SECONDS);
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-progress");

        cloud.send("cancel-transaction", id);
        cloud.awaitFirst("cancel-refused");
        cloud.send("cancel-transaction", id);
        cloud.awaitNth("cancel-refused", 2);
        device.endPayment(Ending.APPROVE);

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("OK-ACCEPTED");
    }

    private void startAndGrant(Misbehaviour misbehaviour) throws Exception {
        start(misbehaviour);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
    }

    static Stream<LoseConnection> losses() {
        return Arrays.stream(TransactionStep.values()).flatMap(step -> Arrays.stream(Moment.values())
                .map(moment -> new LoseConnection(moment, step, Duration.ofMillis(100))));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void losesItsConnectionOnceAndStillEndsRight(LoseConnection loss) throws Exception {
        start(loss);
        cloud.awaitFirst("transaction-claim");
        if (loss.step() == TransactionStep.CLAIM) {
            cloud.awaitNth("hello", 2);
        }
        cloud.send("start-granted", id);
        cloud.awaitNth("hello", 2);
        if (loss.step() == TransactionStep.GRANT && loss.moment() == Moment.BEFORE) {
            cloud.send("start-granted", id);
        }

        cloud.awaitFirst("transaction-finished");
        assertThat(cloud.connections()).isEqualTo(2);
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void ignoresAGrantOnABrokenConnection() throws Exception {
        startAndGrant(new LoseConnection(Moment.BEFORE, TransactionStep.GRANT, Duration.ZERO));
        cloud.awaitNth("transaction-claim", 2);

        assertThat(device.shownPayments()).isEmpty();
        assertThat(cloud.acknowledgements()).isLessThanOrEqualTo(1);
    }

    @Test
    void answersTwice() throws Exception {
        startAndGrant(new AnswerTwice());

        cloud.awaitNth("transaction-finished", 2);
        assertThat(cloud.all("transaction-finished").get(0))
                .isEqualTo(cloud.all("transaction-finished").get(1));
    }

    @Test
    void answersTwiceDifferently() throws Exception {
        startAndGrant(new AnswerTwiceDifferently(Ending.DECLINE));

        cloud.awaitNth("transaction-finished", 2);
        assertThat(cloud.all("transaction-finished"))
                .extracting(message -> message.getString("transactionResult"))
                .containsExactly("OK-ACCEPTED", "OK-DECLINED");
    }

    @Test
    void runsWithoutAGrant() throws Exception {
        start(new RunWithoutGrant());

        cloud.awaitFirst("transaction-finished");
        assertThat(device.shownPayments()).hasSize(1);
        assertThat(cloud.count("transaction-claim")).isZero();
    }

    @Test
    void answersInTheWrongOrder() throws Exception {
        startAndGrant(new AnswerInWrongOrder());

        cloud.awaitFirst("transaction-progress");
        assertThat(cloud.types()).endsWith("transaction-finished", "transaction-progress");
    }

    @Test
    void answersLate() throws Exception {
        startAndGrant(new AnswerLate(Duration.ofMillis(300)));
        cloud.awaitFirst("transaction-progress");
        assertThat(cloud.count("transaction-finished")).isZero();

        cloud.awaitFirst("transaction-finished");
    }

    @Test
    void neverAnswersUntilEndedByHand() throws Exception {
        startAndGrant(new NeverAnswer());
        cloud.awaitFirst("transaction-progress");
        assertThat(device.shownText()).isEqualTo("PRESENT CARD");

        device.endPayment(Ending.DECLINE);

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("OK-DECLINED");
    }

    @Test
    void losesItsJournal() throws Exception {
        startAndGrant(new ForgetJournal(Moment.AFTER, TransactionStep.FINISHED));
        cloud.awaitFirst("transaction-finished");
        await().until(() -> device.journal().entries().isEmpty());

        cloud.send("report-transaction", id);

        cloud.awaitFirst("transaction-never-seen");
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void endsARunningPaymentAfterJournalLoss() throws Exception {
        device = Devices.at(cloud)
                .misbehaviour(new ForgetJournal(Moment.AFTER, TransactionStep.GRANT))
                .build();
        device.start().toCompletableFuture().get(10, SECONDS);
        cloud.offerPurchase(id, 1, 559);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-progress");
        cloud.send("report-transaction", id);
        cloud.awaitFirst("transaction-never-seen");

        device.endPayment(Ending.APPROVE);

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("OK-ACCEPTED");
    }
}
