package dev.terminalcloud.transaction.polling;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.terminalcloud.database.DatabaseRetry;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.posapi.PairingTokenError;
import dev.terminalcloud.transaction.pairings.PairingTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers polls with the current state, to whoever may see it: no replica ever shows a state that is older than what another has shown
 * before. A token that the cache does not know is looked up in the database, if it may be one that another replica has issued since.
 */
@ApplicationScoped
class Polling {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final TransactionViews views;
    private final Ticker ticker;
    private final PairingTokens pairingTokens;
    private final RejectedTokens rejected;

    Polling(TransactionViews views, Ticker ticker, PairingTokens pairingTokens, RejectedTokens rejected) {
        this.views = views;
        this.ticker = ticker;
        this.pairingTokens = pairingTokens;
        this.rejected = rejected;
    }

    /**
     * Returns the current state of the transaction to a client with its polling token.
     *
     * @param changedTo a version that the transaction has had, or 0
     * @return fails with {@link ApiException} 401 if the token is wrong, the transaction unknown (the same answer), or
     *     the token too old; 503 if the database has not answered for some seconds
     */
    Uni<Envelope> poll(String transactionId, String pollingToken, long changedTo) {
        return find(transactionId, changedTo, this::invalidToken)
                .chain(view -> view.acceptsToken(pollingToken) || !view.mayBeRenewed(ticker.read())
                        ? Uni.createFrom().item(view)
                        : DatabaseRetry.run(() -> views.read(view.envelope().transactionId())))
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
        return find(transactionId, 0, PairingTokenError.PAIRING_TOKEN_INVALID::exception)
                .call(view -> DatabaseRetry.run(
                        () -> pairingTokens.check(view.envelope().register(), token)))
                .map(this::checkNotExpired)
                .onFailure(TransientFailures::isTransient)
                .transform(PollingError.UNAVAILABLE::causedBy);
    }

    private Uni<CachedTransaction> find(String transactionId, long changedTo, Supplier<ApiException> unknown) {
        if (!UUID_TEXT.matcher(transactionId).matches()) {
            return Uni.createFrom().failure(unknown.get());
        }
        UUID id = UUID.fromString(transactionId);
        return DatabaseRetry.run(() -> views.current(id, changedTo))
                .onItem()
                .ifNull()
                .failWith(unknown);
    }

    /** The record is deleted within an hour. */
    private Envelope checkNotExpired(CachedTransaction view) {
        if (view.isRecordExpired(ticker.read())) {
            throw PairingTokenError.PAIRING_TOKEN_INVALID.exception();
        }
        return view.envelope();
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
