package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.pairing.PairingConfiguration;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/** Addresses from which a register has paired not long ago. */
@ApplicationScoped
class KnownAddresses {
    private static final String IS_KNOWN =
            "select 1 from known_address where address = $1 and paired_at > now() - make_interval(secs => $2)";

    private static final String RECORD =
            """
            insert into known_address (address, paired_at) values (:address, statement_timestamp())
            on conflict (address) do update set paired_at = excluded.paired_at
            """;

    private static final String DELETE_EXPIRED =
            "delete from known_address where paired_at < now() - make_interval(secs => $1)";

    private final Pool pool;
    private final Duration period;

    KnownAddresses(Pool pool, PairingConfiguration configuration) {
        this.pool = pool;
        this.period = configuration.wrongCodes().knownAddressLifetime();
    }

    Uni<Boolean> contains(ClientAddress client) {
        return pool.preparedQuery(IS_KNOWN)
                .execute(Tuple.of(client.text(), (double) period.toSeconds()))
                .map(rows -> rows.size() == 1);
    }

    Uni<Void> record(Mutiny.Session session, ClientAddress client) {
        return session.createNativeQuery(RECORD)
                .setParameter("address", client.text())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Deletes the addresses that are no longer known. */
    Uni<Void> deleteExpired() {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) period.toSeconds()))
                .replaceWithVoid();
    }
}
