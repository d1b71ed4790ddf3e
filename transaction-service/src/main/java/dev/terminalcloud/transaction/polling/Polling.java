package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.database.DatabaseRetry;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.pairings.PairingTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Answers polls: of a completed transaction from the cache; of a running one from the cache too, if its version in the
 * database is still the same, which one query checks for all polls that arrive together. So no replica ever shows a
 * state that is older than what another has shown before. A token that the cache does not know is looked up in the database,
 * if it may be one that another replica has issued since.
 */
@ApplicationScoped
class Polling {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Mutiny.SessionFactory sessions;
    private final TransactionCache cache;
    private final VersionLookup versions;
    private final TransactionConfiguration config;
    private final Ticker ticker;
    private final Clock clock;
    private final PairingTokens pairingTokens;
    private final RejectedTokens rejected;
    private final Counter completed;
    private final Counter unchanged;
    private final Counter read;

    Polling(
            Mutiny.SessionFactory sessions,
            TransactionCache cache,
            VersionLookup versions,
            TransactionConfiguration config,
            Ticker ticker,
            Clock clock,
            PairingTokens pairingTokens,
            RejectedTokens rejected,
            MeterRegistry metrics) {
        this.sessions = sessions;
        this.cache = cache;
        this.versions = versions;
        this.config = config;
        this.ticker = ticker;
        this.clock = clock;
        this.pairingTokens = pairingTokens;
        this.rejected = rejected;
        this.completed = metrics.counter("transaction.polls", "source", "cache");
        this.unchanged = metrics.counter("transaction.polls", "source", "cache_validated");
        this.read = metrics.counter("transaction.polls", "source", "database");
    }

    /**
     * Returns the current state of the transaction to a client with its polling token.
     *
     * @return fails with {@link ApiException} 401 if the token is wrong, the transaction unknown (the same answer), or
     *     the token too old; 503 if the database has not answered for some seconds
     */
    Uni<Envelope> poll(String transactionId, String pollingToken) {
        return find(transactionId, this::invalidToken)
                .chain(view -> view.acceptsToken(pollingToken) || !view.mayBeRenewed(ticker.read())
                        ? Uni.createFrom().item(view)
                        : DatabaseRetry.run(() -> read(view.envelope().transactionId())))
                .map(view -> answer(view, pollingToken))
                .onFailure(TransientFailures::isTransient)
                .transform(PollingError.UNAVAILABLE::causedBy);
    }

    /**
     * Returns the current state of the transaction to the register that has started it, until the {@code RecordExpiry}.
     *
     * @return fails with {@link ApiException} 401 if the pairing token is not that of the register, or the transaction unknown
     *     (the same answer); 503 if the database has not answered for some seconds
     */
    Uni<Envelope> pollByRegister(String transactionId, PairingToken token) {
        return find(transactionId, PairingTokenError.PAIRING_TOKEN_INVALID::exception)
                .map(CachedTransaction::envelope)
                .call(envelope -> DatabaseRetry.run(() -> pairingTokens.check(envelope.register(), token)))
                .map(this::checkNotExpired)
                .onFailure(TransientFailures::isTransient)
                .transform(PollingError.UNAVAILABLE::causedBy);
    }

    private Uni<CachedTransaction> find(String transactionId, Supplier<ApiException> unknown) {
        if (!UUID_TEXT.matcher(transactionId).matches()) {
            return Uni.createFrom().failure(unknown.get());
        }
        UUID id = UUID.fromString(transactionId);
        return DatabaseRetry.run(() -> view(id)).onItem().ifNull().failWith(unknown);
    }

    /** The record is deleted within an hour. */
    private Envelope checkNotExpired(Envelope envelope) {
        if (Instant.parse(envelope.recordExpiry()).isBefore(clock.instant())) {
            throw PairingTokenError.PAIRING_TOKEN_INVALID.exception();
        }
        return envelope;
    }

    /** Returns null if the transaction does not exist. */
    private Uni<CachedTransaction> view(UUID id) {
        Optional<CachedTransaction> cached = cache.get(id);
        if (cached.isEmpty()) {
            return read(id);
        }
        if (cached.get().envelope().isCompleted()) {
            completed.increment();
            return Uni.createFrom().item(cached.get());
        }
        return validateCached(id, cached.get());
    }

    private Uni<CachedTransaction> validateCached(UUID id, CachedTransaction cached) {
        Context caller = Vertx.currentContext();
        return versions.versionOf(id)
                .emitOn(answer -> caller.runOnContext(nothing -> answer.run()))
                .flatMap(version -> {
                    if (version.equals(Optional.of(cached.envelope().version()))) {
                        unchanged.increment();
                        return Uni.createFrom().item(cached);
                    }
                    return read(id);
                });
    }

    private Uni<CachedTransaction> read(UUID id) {
        read.increment();
        long readAt = ticker.read();
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "select t, instant from Transaction t where t.id = :id", Object[].class)
                        .setParameter("id", id)
                        .getSingleResultOrNull())
                .onItem()
                .ifNotNull()
                .transform(found -> view((Transaction) found[0], (Instant) found[1], readAt))
                .onItem()
                .ifNotNull()
                .invoke(view -> cache.put(id, view));
    }

    /** Creates the entry; the database's clock gives the age of the token, and the ticker counts on from there. */
    private CachedTransaction view(Transaction transaction, Instant databaseTime, long readAt) {
        Duration left =
                Duration.between(databaseTime, transaction.accessTokenIssuedAt().plus(config.pollingTokenLifetime()));
        return new CachedTransaction(Envelope.polled(transaction, config.retention()), readAt + left.toNanos());
    }

    private Envelope answer(CachedTransaction view, String token) {
        if (!view.acceptsToken(token)) {
            throw invalidToken();
        }
        if (view.isTokenExpired(ticker.read())) {
            rejected.expired();
            throw PollingError.TOKEN_EXPIRED.exception();
        }
        return view.envelope();
    }

    private ApiException invalidToken() {
        rejected.invalid();
        return PollingError.INVALID_TOKEN.exception();
    }
}
