package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.SelectionQuery;

/**
 * Rate limiter of wrong codes (POS API, section 8). All counts are in the database and use its clock, so the limits are the
 * same for any number of replicas and after a restart.
 *
 * <p>The limits are exact: an attempt waits for the other attempts from its address, until their transactions have ended and
 * their counts are visible.
 */
@Startup
@ApplicationScoped
public class WrongCodeLimiter {
    private static final Duration MAX_KNOWN_ADDRESS_LIFETIME = Duration.ofDays(366);

    /**
     * Seconds until the later of two times. The address: when its window contains as many wrong codes as allowed, it waits
     * until the oldest of them leaves the window. The register: a bucket, whose newest row holds the time when it is full
     * again (GCRA).
     */
    private static final String RETRY_AFTER_SECONDS =
            """
            select greatest(0, cast(ceil(extract(epoch from greatest(
                (select attempted_at + make_interval(secs => :period) from wrong_code
                 where address = :address and attempted_at > statement_timestamp() - make_interval(secs => :period)
                 order by attempted_at desc
                 offset cast(:perAddress as bigint) - 1 + (
                     select count(*) from claim_of_last_day where address = :address)
                 limit 1),
                (select max(replenished_at) - make_interval(secs => :restoredButOne) from wrong_code
                 where address = :address and vendor_name = :vendor and register_id = :register
                   and attempted_at > statement_timestamp() - make_interval(secs => :restored))
            ) - statement_timestamp())) as bigint))
            """;

    /** The key contains the schema, so that services may share a database. */
    private static final String LOCK =
            """
            select cast(pg_advisory_xact_lock(hashtextextended(current_schema() || ' wrong code ' || :address, 0)) as text)
            """;

    private static final String COUNT =
            """
            insert into wrong_code (address, vendor_name, register_id, replenished_at)
            select :address, :vendor, :register,
                   greatest(max(replenished_at), statement_timestamp()) + make_interval(secs => :pause)
            from wrong_code where address = :address and vendor_name = :vendor and register_id = :register
            """;

    private static final String LAST_MINUTE = "select count(*) from wrong_code_of_last_minute";

    private static final String DELETE_EXPIRED =
            """
            delete from wrong_code
            where replenished_at < now() and attempted_at < now() - make_interval(secs => $1)
            """;

    private final PairingConfiguration.WrongCodes limits;
    private final NetworkLimiter networks;
    private final WrongCodeBrake brake;
    private final KnownAddresses known;

    WrongCodeLimiter(
            PairingConfiguration configuration, NetworkLimiter networks, WrongCodeBrake brake, KnownAddresses known) {
        this.limits = configuration.wrongCodes();
        this.networks = networks;
        this.brake = brake;
        this.known = known;
        check("max-per-register", limits.maxPerRegister());
        check("register-refill-interval", limits.registerRefillInterval());
        check("max-per-address", limits.maxPerAddress());
        check("address-window", limits.addressWindow());
        check("max-per-small-ipv6-site", limits.maxPerSmallIpv6Site());
        check("max-per-ipv6-site", limits.maxPerIpv6Site());
        check("max-guess-weight-per-day", limits.maxGuessWeightPerDay());
        check("known-address-lifetime", limits.knownAddressLifetime(), MAX_KNOWN_ADDRESS_LIFETIME);
        check("alert-threshold-per-minute", limits.alertThresholdPerMinute());
    }

    private static void check(String key, long count) {
        if (count < 1) {
            throw new IllegalArgumentException("pairing.wrong-codes." + key + " must be at least 1, was " + count);
        }
    }

    private static void check(String key, Duration time) {
        check(key, time, Duration.ofDays(1));
    }

    private static void check(String key, Duration time, Duration max) {
        if (time.toSeconds() < 1 || time.compareTo(max) > 0) {
            throw new IllegalArgumentException("pairing.wrong-codes." + key + " must be between 1 second and "
                    + max.toHours() + " hours, was " + time);
        }
    }

    /** Counts the wrong codes of the last minute. */
    static Uni<Long> countLastMinute(Pool pool) {
        return pool.query(LAST_MINUTE)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Deletes those that are that old, and no longer count against their register. */
    static Uni<Void> deleteExpired(Pool pool, Duration age) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) age.toSeconds()))
                .replaceWithVoid();
    }

    /** Finds out whether the address of the client is known. */
    public Uni<ClassifiedClient> classify(PairingClient client) {
        return known.contains(client.address()).map(isKnown -> new ClassifiedClient(client, isKnown));
    }

    /** Returns the time that {@link #retryAfter} would return, if that is known without asking the database. */
    public Optional<Duration> lastKnownWait(ClassifiedClient caller) {
        return caller.isKnown() ? Optional.empty() : brake.lastKnownWait();
    }

    /**
     * Returns the time until a code of the caller may be checked; absent if it may be checked now. Then all other callers
     * at its address or in its networks wait until the transaction has ended, and if it is unknown, all unknown ones.
     */
    public Uni<Optional<Duration>> retryAfter(Mutiny.Session session, ClassifiedClient caller) {
        PairingClient client = caller.client();
        return retryAfterSeconds(session, client)
                .chain(seconds -> seconds > 0
                        ? Uni.createFrom().item(seconds)
                        : lock(session, client).chain(() -> retryAfterSeconds(session, client)))
                .map(seconds -> Optional.of(Duration.ofSeconds(seconds)).filter(wait -> !wait.isZero()))
                .chain(wait ->
                        wait.isPresent() || caller.isKnown() ? Uni.createFrom().item(wait) : brake.retryAfter(session));
    }

    private Uni<Long> retryAfterSeconds(Mutiny.Session session, PairingClient client) {
        return networks.retryAfterSeconds(session, client.address())
                .chain(ofNetworks -> ofClient(session, client).map(seconds -> Math.max(seconds, ofNetworks)));
    }

    /** Counts a wrong code, if the transaction commits. {@link #retryAfter} must have allowed the caller in it. */
    public Uni<Void> recordWrongCode(Mutiny.Session session, ClassifiedClient caller) {
        PairingClient client = caller.client();
        return count(session, client)
                .chain(() -> networks.record(session, client.address(), true))
                .chain(() -> caller.isKnown() ? Uni.createFrom().voidItem() : brake.record(session));
    }

    /** Makes the address of the client known, and lets its networks send one more wrong code that day. */
    public Uni<Void> recordPairing(Mutiny.Session session, PairingClient client) {
        return known.record(session, client.address()).chain(() -> networks.record(session, client.address(), false));
    }

    private Uni<Void> count(Mutiny.Session session, PairingClient caller) {
        return session.createNativeQuery(COUNT)
                .setParameter("address", caller.address().text())
                .setParameter("vendor", caller.vendorName())
                .setParameter("register", caller.registerId())
                .setParameter("pause", (double) limits.registerRefillInterval().toSeconds())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Reads without a lock, so that a flood of requests that have to wait can't delay others. */
    private Uni<Long> ofClient(Mutiny.Session session, PairingClient caller) {
        SelectionQuery<Long> query = session.createNativeQuery(RETRY_AFTER_SECONDS, Long.class);
        return query.setParameter("address", caller.address().text())
                .setParameter("vendor", caller.vendorName())
                .setParameter("register", caller.registerId())
                .setParameter("perAddress", limits.maxPerAddress())
                .setParameter("period", (double) limits.addressWindow().toSeconds())
                .setParameter("restored", replenishSeconds(limits.maxPerRegister()))
                .setParameter("restoredButOne", replenishSeconds(limits.maxPerRegister() - 1))
                .getSingleResult();
    }

    /** Returns the seconds until a register may send that many again. */
    private double replenishSeconds(int tries) {
        return (double) limits.registerRefillInterval().toSeconds() * tries;
    }

    private static Uni<String> lock(Mutiny.Session session, PairingClient caller) {
        return session.createNativeQuery(LOCK, String.class)
                .setParameter("address", ClientNetworks.widest(caller.address()))
                .getSingleResult();
    }
}
