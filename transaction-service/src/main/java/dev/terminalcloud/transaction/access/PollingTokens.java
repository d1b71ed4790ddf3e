package dev.terminalcloud.transaction.access;

import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/**
 * Polling tokens: their columns of the table {@code transaction}. They are renewed for registers that find a transaction again. A token that
 * is valid for long enough stays, since the register may be polling with it; otherwise a new one takes its place, with a whole lifetime.
 */
@ApplicationScoped
public class PollingTokens {
    /** Minimum time for which a token is valid after {@link #renew}, or for half of its lifetime if that is shorter. */
    public static final Duration MIN_VALIDITY = Duration.ofMinutes(5);

    /** Locks the rows in one order. */
    private static final String RENEW =
            """
            update transaction set access_token = gen_random_uuid(), access_token_issued_at = now(), access_erased_at = null
            where id in (
                select id from transaction
                where id = any ($1)
                  and (access_erased_at is not null
                    or coalesce(access_token_issued_at, created_at) < now() - make_interval(secs => $2))
                order by id for update)
            """;

    /** Also erases the prompts of transactions that a replica of an older release has completed. */
    private static final String ERASE_EXPIRED =
            """
            update transaction set
                access_token = gen_random_uuid(), callback_url = null, prompt = null, access_erased_at = now()
            where id in (
                select t.id from transaction t
                where t.phase = 'COMPLETED' and t.access_erased_at is null
                  and t.created_at < now() - make_interval(secs => $1)
                  and coalesce(t.access_token_issued_at, t.created_at) < now() - make_interval(secs => $1)
                  and not exists (select from callback c where c.transaction_id = t.id)
                limit $2 for update of t skip locked)
            """;

    private final Pool pool;
    private final Duration maxAge;

    PollingTokens(Pool pool, TransactionConfiguration config) {
        this.pool = pool;
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
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(transactions.toArray(UUID[]::new), (double) maxAge.toSeconds()))
                .replaceWithVoid();
    }

    /**
     * Erases the token, callback URL and prompt of completed transactions that are that old, and whose token is, of one batch, and stores the
     * time. One whose callback is still to be sent keeps them.
     *
     * @return of how many transactions
     */
    public static Uni<Integer> eraseExpired(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, ERASE_EXPIRED, age);
    }
}
