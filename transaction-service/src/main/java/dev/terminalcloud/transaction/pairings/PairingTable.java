package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.events.PairingEvent;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Copy of the pairings. It may be behind, which is safe: a pairing counts only while no newer one of its device is
 * known, and a device refuses an offer of a pairing older than its own.
 */
@ApplicationScoped
public class PairingTable {
    private static final String FIND =
            """
            select p.device_id, p.pairing_number
            from pairing p join paired_device d
                on d.device_id = p.device_id and d.newest_pairing_number = p.pairing_number
            where p.vendor_name = $1 and p.register_id = $2 and p.business_name = $3
            """;

    private static final String SET =
            """
            insert into pairing (vendor_name, register_id, version, business_name, device_id, pairing_number)
            values (:vendor, :register, :version, :business, :device, :number)
            on conflict (vendor_name, register_id) do update set
                version = excluded.version, business_name = excluded.business_name,
                device_id = excluded.device_id, pairing_number = excluded.pairing_number
            where pairing.version < excluded.version
            """;

    private static final String RAISE_NEWEST_NUMBER =
            """
            insert into paired_device (device_id, newest_pairing_number) values (:device, :number)
            on conflict (device_id) do update set newest_pairing_number = excluded.newest_pairing_number
            where paired_device.newest_pairing_number < excluded.newest_pairing_number
            """;

    private final Pool pool;

    PairingTable(Pool pool) {
        this.pool = pool;
    }

    /** Finds the register's device, if all three names are those of the pairing. */
    public Uni<Optional<Pairing>> find(RegisterIdentity register) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(register.vendorName(), register.registerId(), register.businessName()))
                .map(PairingTable::first);
    }

    /** Stores the newest state of a register; an older state changes nothing. */
    Uni<Void> apply(Mutiny.Session session, PairingEvent.RegisterState event) {
        Optional<RegisterPaired> paired = event instanceof RegisterPaired now ? Optional.of(now) : Optional.empty();
        return session.createNativeQuery(RAISE_NEWEST_NUMBER)
                .setParameter("device", event.deviceId())
                .setParameter("number", event.pairingNumber())
                .executeUpdate()
                .chain(() -> session.createNativeQuery(SET)
                        .setParameter("vendor", event.vendorName())
                        .setParameter("register", event.registerId())
                        .setParameter("version", event.version())
                        .setParameter(
                                "business",
                                paired.map(RegisterPaired::businessName).orElse(null))
                        .setParameter(
                                "device", paired.map(RegisterPaired::deviceId).orElse(null))
                        .setParameter("number", event.pairingNumber())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Optional<Pairing> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(new Pairing(row.getString("device_id"), row.getLong("pairing_number")));
        }
        return Optional.empty();
    }
}
