package dev.terminalcloud.transaction.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
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

/** Cache of polled transactions. */
class TransactionCacheTest {
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(15);
    private static final Duration RETENTION = Duration.ofDays(180);

    private final AtomicLong time = new AtomicLong();

    @Test
    void polledTransactionIsCached() {
        TransactionCache cache = cache(1_000_000);
        CachedTransaction completed = view("COMPLETED");
        cache.put(idOf(completed), completed);
        assertThat(cache.get(idOf(completed))).contains(completed);
    }

    @Test
    void olderVersionDoesNotReplaceANewerOne() {
        TransactionCache cache = cache(1_000_000);
        CachedTransaction completed = view("COMPLETED");
        Envelope running = completed.envelope();
        CachedTransaction older = new CachedTransaction(
                new Envelope(
                        running.transactionId(),
                        running.transactionTimeStamp(),
                        running.merchantId(),
                        running.deviceId(),
                        "PENDING",
                        running.merchantAccessToken(),
                        running.version() - 1,
                        running.recordExpiry(),
                        running.data()),
                completed.tokenExpiryNanos(),
                completed.recordExpiryNanos());
        cache.put(idOf(completed), older);
        cache.put(idOf(completed), completed);
        cache.put(idOf(completed), older);
        assertThat(cache.get(idOf(completed))).contains(completed);
    }

    @Test
    void entryExpiresAfterTheTokenLifetime() {
        TransactionCache cache = cache(1_000_000);
        CachedTransaction completed = view("COMPLETED");
        cache.put(idOf(completed), completed);
        time.addAndGet(TOKEN_LIFETIME.toNanos());
        assertThat(cache.get(idOf(completed))).isEmpty();
    }

    @Test
    void cacheIsBounded() {
        TransactionCache cache = cache(20_000);
        List<CachedTransaction> views =
                IntStream.range(0, 1_000).mapToObj(i -> view("COMPLETED")).toList();
        views.forEach(view -> cache.put(idOf(view), view));
        assertThat(views.stream()
                        .filter(view -> cache.get(idOf(view)).isPresent())
                        .count())
                .isBetween(1L, 20L);
    }

    private TransactionCache cache(long bytes) {
        return new TransactionCache(TOKEN_LIFETIME, bytes, time::get);
    }

    private static UUID idOf(CachedTransaction view) {
        return view.envelope().transactionId();
    }

    private CachedTransaction view(String status) {
        Transaction transaction = new Transaction(
                new RegisterIdentity("Vendor", "Business", "till-1"),
                "7000000001",
                1,
                new TransactionRequest(
                        TransactionFunction.CARD_PURCHASE, RequestedAmounts.ofTotal(500), null, null, null),
                null);
        transaction.accepted(Instant.EPOCH);
        Envelope polled = Envelope.polled(transaction, RETENTION);
        Envelope withStatus = new Envelope(
                polled.transactionId(),
                polled.transactionTimeStamp(),
                polled.merchantId(),
                polled.deviceId(),
                status,
                polled.merchantAccessToken(),
                polled.version(),
                polled.recordExpiry(),
                polled.data());
        return new CachedTransaction(
                withStatus, time.get() + TOKEN_LIFETIME.toNanos(), time.get() + RETENTION.toNanos());
    }
}
