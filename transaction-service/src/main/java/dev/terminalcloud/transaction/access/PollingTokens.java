package dev.terminalcloud.transaction.access;

import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/**
 * Polling tokens, which are renewed for registers that find a transaction again. A token that is valid for long enough stays, since the
 * register may be polling with it; otherwise a new one takes its place, with a whole lifetime.
 */
@ApplicationScoped
public class PollingTokens {
    /** Minimum time for which a token is valid after {@link #renew}, or for half of its lifetime if that is shorter. */
    public static final Duration MIN_VALIDITY = Duration.ofMinutes(5);

    private final TransactionTable table;
    private final Duration maxAge;

    PollingTokens(TransactionTable table, TransactionConfiguration config) {
        this.table = table;
        this.maxAge = maxAge(config.pollingTokenLifetime());
    }

    /** Lets tokens with a short lifetime live for half of it at least: a repetition must not take the URL from who polls already. */
    private static Duration maxAge(Duration lifetime) {
        Duration half = lifetime.dividedBy(2);
        Duration latest = lifetime.minus(MIN_VALIDITY);
        return latest.compareTo(half) < 0 ? half : latest;
    }

    /** Replaces the tokens that are valid for less than {@link #MIN_VALIDITY}. Repeating it changes nothing. */
    public Uni<Void> renew(Collection<UUID> transactions) {
        return table.renewTokens(transactions, maxAge);
    }
}
