package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.pairing.PairingConfiguration;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Rate limiter of wrong codes from the wider networks of IPv6 clients. It is exact while the callers hold the lock of
 * {@link ClientNetworks#widest}.
 */
@ApplicationScoped
class NetworkLimiter {
    private static final String RETRY_AFTER_SECONDS =
            """
            select greatest(0, cast(ceil(extract(epoch from max((
                select attempted_at + make_interval(secs => :period) from ipv6_attempt
                where network = n.network and wrong
                  and attempted_at > statement_timestamp() - make_interval(secs => :period)
                order by attempted_at desc
                offset n.allowed - 1 + (
                    select count(*) from ipv6_attempt
                    where network = n.network and not wrong
                      and attempted_at > statement_timestamp() - interval '24 hours')
                limit 1)) - statement_timestamp())) as bigint))
            from (values (cast(:small as text), cast(:perSmall as bigint)), (cast(:site as text), cast(:perSite as bigint)))
                as n (network, allowed)
            """;

    private static final String RECORD =
            """
            insert into ipv6_attempt (network, wrong)
            values (cast(:small as text), cast(:wrong as boolean)), (cast(:site as text), cast(:wrong as boolean))
            """;

    private static final String DELETE_EXPIRED =
            "delete from ipv6_attempt where attempted_at < now() - interval '24 hours'";

    private final PairingConfiguration.WrongCodes limits;

    NetworkLimiter(PairingConfiguration configuration) {
        this.limits = configuration.wrongCodes();
    }

    /** Returns the seconds until a code from this client may be checked; 0 for an IPv4 client. */
    Uni<Long> retryAfterSeconds(Mutiny.Session session, ClientAddress client) {
        Optional<String> site = ClientNetworks.network(client, ClientNetworks.SITE);
        if (site.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        return session.createNativeQuery(RETRY_AFTER_SECONDS, Long.class)
                .setParameter("period", (double) limits.addressWindow().toSeconds())
                .setParameter("small", smallSite(client))
                .setParameter("perSmall", limits.maxPerSmallIpv6Site())
                .setParameter("site", site.get())
                .setParameter("perSite", limits.maxPerIpv6Site())
                .getSingleResult();
    }

    /** Records a wrong code, or a successful pairing. */
    Uni<Void> record(Mutiny.Session session, ClientAddress client, boolean wrong) {
        Optional<String> site = ClientNetworks.network(client, ClientNetworks.SITE);
        if (site.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(RECORD)
                .setParameter("small", smallSite(client))
                .setParameter("site", site.get())
                .setParameter("wrong", wrong)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Deletes the attempts that no longer count. */
    static Uni<Void> deleteExpired(Pool pool) {
        return pool.query(DELETE_EXPIRED).execute().replaceWithVoid();
    }

    private static String smallSite(ClientAddress client) {
        return ClientNetworks.network(client, ClientNetworks.SMALL_SITE).orElseThrow();
    }
}
