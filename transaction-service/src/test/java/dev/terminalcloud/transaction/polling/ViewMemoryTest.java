package dev.terminalcloud.transaction.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionEvent.OfTransaction;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.events.TransactionEvent.TransactionDelayed;
import dev.terminalcloud.events.TransactionEvent.TransactionPrompted;
import dev.terminalcloud.events.TransactionEvent.TransactionStarted;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.transaction.lifecycle.Register;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a poll may be answered from memory, and when it must not. */
class ViewMemoryTest {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private final AtomicLong time = new AtomicLong();
    private final ViewMemory memory = new ViewMemory(TOKEN_LIFE, 1_000_000, time::get);
    private final Envelope queued = envelope(500);
    private final UUID id = queued.transactionId();

    @Test
    void nothingIsKnownOfWhatWasNeverRead() {
        assertThat(memory.recall(id)).isEmpty();
        memory.expect(id);
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void whatWasReadIsTold() {
        read(queued);
        assertThat(memory.recall(id)).map(View::envelope).contains(queued);
    }

    @Test
    void whatWasReadWithoutBeingExpectedIsNotKept() {
        memory.remember(id, view(queued));
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void changesOfARunningTransactionNeedNoDatabase() {
        read(queued);
        memory.heard(new TransactionStarted(id, 2));
        assertThat(memory.recall(id)).map(View::version).contains(2L);
        memory.heard(new TransactionPrompted(id, 3, "PRESENT CARD"));
        assertThat(memory.recall(id)).map(View::version).contains(3L);
        memory.heard(new TransactionDelayed(id, 4));
        View delayed = memory.recall(id).orElseThrow();
        assertThat(delayed.version()).isEqualTo(4);
        assertThat(delayed.envelope().data().members())
                .containsEntry("TransactionResult", "OK-DELAYED")
                .containsEntry("Result", "DELAYED-TRANSACTION")
                .containsEntry("ResultText", "Transaction takes longer than usual");
        assertThat(queued.data().members()).doesNotContainKey("Result");
    }

    @Test
    void outcomeIsReadFromTheDatabase() {
        read(queued);
        memory.heard(completed(2));
        assertThat(memory.recall(id)).isEmpty();
        assertThat(memory.unconfirmed()).isEmpty();
    }

    @Test
    void changeAfterOneThatWasMissedIsReadFromTheDatabase() {
        read(queued);
        memory.heard(new TransactionPrompted(id, 3, "PRESENT CARD"));
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void changeThatWasKnownChangesNothing() {
        read(queued.at(5));
        memory.heard(new TransactionDelayed(id, 5));
        memory.heard(new TransactionDelayed(id, 4));
        assertThat(memory.recall(id)).map(View::envelope).contains(queued.at(5));
    }

    @Test
    void whatChangedWhileItWasReadIsNotTold() {
        memory.expect(id);
        memory.heard(new TransactionStarted(id, 2));
        memory.remember(id, view(queued));
        assertThat(memory.recall(id)).isEmpty();
        read(queued.at(2));
        assertThat(memory.recall(id)).map(View::version).contains(2L);
    }

    @Test
    void slowerReadDoesNotReplaceWhatIsNewer() {
        read(queued.at(3));
        memory.remember(id, view(queued.at(2)));
        assertThat(memory.recall(id)).map(View::version).contains(3L);
    }

    @Test
    void runningTransactionThatIsNotConfirmedIsTrustedForTwoSeconds() {
        read(queued);
        pass(Duration.ofSeconds(2));
        assertThat(memory.recall(id)).isPresent();
        pass(Duration.ofNanos(1));
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void confirmationRenewsTheTrust() {
        read(queued);
        pass(Duration.ofSeconds(2));
        memory.confirm(id, 1, time.get());
        pass(Duration.ofSeconds(2));
        assertThat(memory.recall(id)).isPresent();
    }

    @Test
    void confirmationOfAnOlderQuestionDoesNotShortenTheTrust() {
        read(queued);
        long before = time.get();
        pass(Duration.ofSeconds(1));
        memory.confirm(id, 1, time.get());
        memory.confirm(id, 1, before);
        pass(Duration.ofSeconds(2));
        assertThat(memory.recall(id)).isPresent();
    }

    @Test
    void newerVersionInTheDatabaseEndsTheTrustAtOnce() {
        read(queued);
        memory.confirm(id, 2, time.get());
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void changeThatIsHeardDoesNotProlongTheTrust() {
        read(queued);
        pass(Duration.ofSeconds(2));
        memory.heard(new TransactionStarted(id, 2));
        assertThat(memory.recall(id)).isPresent();
        pass(Duration.ofNanos(1));
        assertThat(memory.recall(id)).isEmpty();
    }

    @Test
    void outcomeIsTrustedForEver() {
        read(completedEnvelope());
        pass(Duration.ofMinutes(14));
        assertThat(memory.recall(id)).isPresent();
    }

    @Test
    void onlyRunningTransactionsThatArePolledAreToBeConfirmed() {
        read(queued);
        Envelope other = envelope(700);
        memory.expect(other.transactionId());
        memory.remember(other.transactionId(), view(other));
        pass(Duration.ofSeconds(10));
        assertThat(memory.recall(id)).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(memory.unconfirmed()).containsOnlyKeys(id).containsEntry(id, 1L);
        read(completedEnvelope());
        assertThat(memory.unconfirmed()).isEmpty();
    }

    @Test
    void memoryIsBounded() {
        ViewMemory small = new ViewMemory(TOKEN_LIFE, 20_000, time::get);
        for (int i = 0; i < 1_000; i++) {
            Envelope envelope = envelope(1 + i);
            small.expect(envelope.transactionId());
            small.remember(envelope.transactionId(), view(envelope));
        }
        assertThat(small.unconfirmed().size()).isBetween(1, 20);
    }

    private void read(Envelope envelope) {
        memory.expect(id);
        memory.remember(id, view(envelope));
    }

    private View view(Envelope envelope) {
        return new View(envelope, time.get() + TOKEN_LIFE.toNanos(), time.get());
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private Envelope completedEnvelope() {
        return new Envelope(
                id,
                queued.transactionTimeStamp(),
                queued.merchantId(),
                queued.deviceId(),
                "COMPLETED",
                queued.merchantAccessToken(),
                2,
                queued.data());
    }

    private OfTransaction completed(long version) {
        return new TransactionCompleted(
                id,
                version,
                TransactionResult.OK_ACCEPTED,
                Result.OK,
                null,
                500L,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH);
    }

    private static Envelope envelope(long cents) {
        Transaction transaction = new Transaction(
                new Register("Vendor", "Business", "till-1"),
                "7000000001",
                1,
                new TransactionRequest(TransactionFunction.CARD_PURCHASE, cents, null, null, null, null, null, null),
                null);
        transaction.accepted(Instant.EPOCH);
        return Envelope.polled(transaction, Duration.ofDays(180));
    }
}
