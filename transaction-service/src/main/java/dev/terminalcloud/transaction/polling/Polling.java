package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.posapi.RefusedException;
import dev.terminalcloud.transaction.TransactionConfig;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;

/** Answers polls: of a completed transaction from memory, of a running one from its row, so that all replicas say the same. */
@ApplicationScoped
class Polling {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Mutiny.SessionFactory sessions;
    private final ViewMemory memory;
    private final TransactionConfig config;
    private final Ticker ticker;
    private final Counter fromMemory;
    private final Counter fromDatabase;

    Polling(
            Mutiny.SessionFactory sessions,
            ViewMemory memory,
            TransactionConfig config,
            Ticker ticker,
            MeterRegistry metrics) {
        this.sessions = sessions;
        this.memory = memory;
        this.config = config;
        this.ticker = ticker;
        this.fromMemory = metrics.counter("transaction.polls", "from", "memory");
        this.fromDatabase = metrics.counter("transaction.polls", "from", "database");
    }

    /**
     * How the transaction stands.
     *
     * @return fails with {@link RefusedException} 401 if the token is wrong, the transaction unknown (the same answer),
     *     or the token too old
     */
    Uni<Envelope> poll(String transactionId, String token) {
        if (!UUID_TEXT.matcher(transactionId).matches()) {
            return Uni.createFrom().failure(invalidToken());
        }
        UUID id = UUID.fromString(transactionId);
        Optional<View> remembered = memory.recall(id);
        if (remembered.isPresent()) {
            fromMemory.increment();
            return Uni.createFrom().item(() -> answer(remembered.get(), token));
        }
        fromDatabase.increment();
        return read(id).map(view -> answer(view, token));
    }

    private Uni<View> read(UUID id) {
        long asked = ticker.read();
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "select t, instant from Transaction t where t.id = :id", Object[].class)
                        .setParameter("id", id)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(Polling::invalidToken)
                .map(found -> view((Transaction) found[0], (Instant) found[1], asked))
                .invoke(view -> memory.remember(id, view));
    }

    /** The token's age is the database's to tell: it is counted on from there. */
    private View view(Transaction transaction, Instant databaseTime, long asked) {
        Duration left = Duration.between(databaseTime, transaction.createdAt().plus(config.tokenLife()));
        return new View(Envelope.polled(transaction, config.recordLife()), asked + left.toNanos());
    }

    private Envelope answer(View view, String token) {
        if (!view.isOpenedBy(token)) {
            throw invalidToken();
        }
        if (view.isTokenExpired(ticker.read())) {
            throw PollingRefusal.TOKEN_EXPIRED.exception();
        }
        return view.envelope();
    }

    private static RefusedException invalidToken() {
        return PollingRefusal.INVALID_TOKEN.exception();
    }
}
