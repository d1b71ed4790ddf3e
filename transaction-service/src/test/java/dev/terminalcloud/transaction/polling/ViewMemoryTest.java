package dev.terminalcloud.transaction.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.transaction.lifecycle.Register;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionFunction;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered of the transactions that are polled. */
class ViewMemoryTest {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private final AtomicLong time = new AtomicLong();

    @Test
    void polledTransactionIsRemembered() {
        ViewMemory memory = memory(1_000_000);
        View completed = view("COMPLETED");
        memory.remember(idOf(completed), completed);
        assertThat(memory.recall(idOf(completed))).contains(completed);
    }

    @Test
    void olderVersionDoesNotReplaceANewerOne() {
        ViewMemory memory = memory(1_000_000);
        View completed = view("COMPLETED");
        Envelope running = completed.envelope();
        View older = new View(
                new Envelope(
                        running.transactionId(),
                        running.transactionTimeStamp(),
                        running.merchantId(),
                        running.deviceId(),
                        "PENDING",
                        running.merchantAccessToken(),
                        running.version() - 1,
                        running.data()),
                completed.tokenEnd());
        memory.remember(idOf(completed), older);
        memory.remember(idOf(completed), completed);
        memory.remember(idOf(completed), older);
        assertThat(memory.recall(idOf(completed))).contains(completed);
    }

    @Test
    void whatIsNotPolledForTheLifeOfATokenIsForgotten() {
        ViewMemory memory = memory(1_000_000);
        View completed = view("COMPLETED");
        memory.remember(idOf(completed), completed);
        time.addAndGet(TOKEN_LIFE.toNanos());
        assertThat(memory.recall(idOf(completed))).isEmpty();
    }

    @Test
    void memoryIsBounded() {
        ViewMemory memory = memory(20_000);
        List<View> views =
                IntStream.range(0, 1_000).mapToObj(i -> view("COMPLETED")).toList();
        views.forEach(view -> memory.remember(idOf(view), view));
        assertThat(views.stream()
                        .filter(view -> memory.recall(idOf(view)).isPresent())
                        .count())
                .isBetween(1L, 20L);
    }

    private ViewMemory memory(long bytes) {
        return new ViewMemory(TOKEN_LIFE, bytes, time::get);
    }

    private static UUID idOf(View view) {
        return view.envelope().transactionId();
    }

    private View view(String status) {
        Transaction transaction = new Transaction(
                new Register("Vendor", "Business", "till-1"),
                "7000000001",
                1,
                new TransactionRequest(TransactionFunction.CARD_PURCHASE, 500L, null, null, null, null, null, null),
                null);
        transaction.accepted(Instant.EPOCH);
        Envelope polled = Envelope.polled(transaction, Duration.ofDays(180));
        Envelope withStatus = new Envelope(
                polled.transactionId(),
                polled.transactionTimeStamp(),
                polled.merchantId(),
                polled.deviceId(),
                status,
                polled.merchantAccessToken(),
                polled.version(),
                polled.data());
        return new View(withStatus, time.get() + TOKEN_LIFE.toNanos());
    }
}
