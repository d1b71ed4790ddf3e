package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.events.TransactionEvent.OfTransaction;
import dev.terminalcloud.transaction.TransactionConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What this replica remembers of the transactions that are polled, so that a poll costs the database nothing.
 *
 * <p>A completed transaction never changes again and is remembered until its token expires. A running one is remembered as
 * of its newest version: each replica hears every change on {@code transaction-events}, whoever brought it about. In case
 * a change is not heard (Kafka is away, a relay hangs, this process was paused) a running transaction is also compared
 * with the database each second ({@link Confirmation}), and what was not confirmed for {@link #TRUSTED} is not told any
 * more. So an answer is never older than that, whatever fails.
 *
 * <p>Bounded by {@code transaction.polling-memory}. Thread-safe.
 */
@ApplicationScoped
public class ViewMemory {
    /** How old an answer about a running transaction may be. */
    static final Duration TRUSTED = Duration.ofSeconds(2);

    /** How long after its last poll a running transaction is still kept confirmed. */
    static final Duration POLLED_AGAIN_WITHIN = Duration.ofSeconds(15);

    private final Ticker ticker;
    private final Cache<UUID, Memory> memories;

    @Inject
    ViewMemory(TransactionConfig config, Ticker ticker) {
        this(config.tokenLife(), config.pollingMemory().asLongValue(), ticker);
    }

    ViewMemory(Duration kept, long bytes, Ticker ticker) {
        this.ticker = ticker;
        this.memories = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(Runnable::run)
                .expireAfterAccess(kept)
                .maximumWeight(bytes)
                .weigher((UUID id, Memory memory) -> memory.weight())
                .build();
    }

    /** What can be answered now without asking the database. */
    Optional<View> recall(UUID id) {
        Memory memory = memories.getIfPresent(id);
        if (memory == null) {
            return Optional.empty();
        }
        long now = ticker.read();
        memory.polled = now;
        return memory.newest().filter(view -> view.isCompleted() || view.isConfirmedWithin(TRUSTED.toNanos(), now));
    }

    /** To be called before the database is read: from then on no change is missed. */
    void expect(UUID id) {
        memories.asMap().putIfAbsent(id, new Memory(0, null, ticker.read()));
    }

    /** Remembers what the database had; {@link #expect} was called before it was read. */
    void remember(UUID id, View view) {
        memories.asMap().computeIfPresent(id, (same, memory) -> memory.with(view));
    }

    /** There is no such transaction. */
    void forget(UUID id) {
        memories.invalidate(id);
    }

    /** A change has become known. Any thread; the changes of one transaction in their order. */
    public void heard(OfTransaction change) {
        memories.asMap().computeIfPresent(change.transactionId(), (id, memory) -> memory.after(change));
    }

    /** The running transactions that are likely to be polled again, with the version that is remembered. */
    Map<UUID, Long> unconfirmed() {
        long now = ticker.read();
        return memories.asMap().entrySet().stream()
                .filter(entry -> now - entry.getValue().polled <= POLLED_AGAIN_WITHIN.toNanos())
                .filter(entry -> entry.getValue()
                        .newest()
                        .filter(view -> !view.isCompleted())
                        .isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().view.version()));
    }

    /** The database had this version at that time, or a newer one. */
    void confirm(UUID id, long version, long time) {
        memories.asMap().computeIfPresent(id, (same, memory) -> memory.confirmed(version, time));
    }

    /** Immutable, but for the time of the last poll. */
    private static final class Memory {
        private static final int WEIGHT_WITHOUT_VIEW = 200;

        private final long heard;
        private final View view;
        private volatile long polled;

        /** @param view null until it is known */
        Memory(long heard, View view, long polled) {
            this.heard = heard;
            this.view = view;
            this.polled = polled;
        }

        /** Empty if there is none, or if a newer version is known to exist. */
        Optional<View> newest() {
            return Optional.ofNullable(view).filter(known -> known.version() >= heard);
        }

        Memory with(View read) {
            boolean newer = view == null || read.version() >= view.version();
            return newer ? new Memory(heard, read, polled) : this;
        }

        Memory after(OfTransaction change) {
            if (change.version() <= heard || (view != null && change.version() <= view.version())) {
                return this;
            }
            View next = newest().flatMap(known -> known.after(change)).orElse(view);
            return new Memory(change.version(), next, polled);
        }

        Memory confirmed(long version, long time) {
            if (view == null || version < view.version()) {
                return this;
            }
            return version == view.version()
                    ? new Memory(heard, view.confirmed(time), polled)
                    : new Memory(Math.max(heard, version), view, polled);
        }

        int weight() {
            return WEIGHT_WITHOUT_VIEW + (view == null ? 0 : view.envelope().weight());
        }
    }
}
