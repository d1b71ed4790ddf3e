package dev.terminalcloud.transaction.pairings;

import dev.terminalcloud.database.Batcher;
import dev.terminalcloud.database.SessionSql;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The tables {@code pairing} and {@code paired_device}: a copy of the pairings, shared by all replicas. No other class writes them; the
 * statements for registers that want to be notified are in {@link WatchedPairings}, which only this class uses.
 *
 * <p>The copy may be behind by the events that are not confirmed yet. A pairing counts only while no newer one of its device is known, and a
 * device refuses an offer of a pairing older than its own.
 *
 * <p>All callers lock rows in the same order: pairings by register, then devices.
 */
@ApplicationScoped
public class PairingTable {
    private static final String FIND =
            """
            select p.vendor_name, p.register_id, p.business_name, p.token_hash, d.device_id, p.pairing_number,
                coalesce(p.ending_number = p.pairing_number, false) as ending
            from unnest($1::text[], $2::text[]) as asked(vendor_name, register_id)
            join pairing p on p.vendor_name = asked.vendor_name and p.register_id = asked.register_id
            left join paired_device d
                on d.device_id = p.device_id and d.newest_pairing_number = p.pairing_number
            """;

    private static final String SET =
            """
            insert into pairing
                (vendor_name, register_id, version, business_name, device_id, pairing_number, token_hash,
                callback_url, paired_at)
            select distinct on (vendor, register)
                vendor, register, version, business, case when paired then device end, number, token, callback,
                case when paired then now() end
            from json_to_recordset(cast(cast(:states as text) as json)) as state(vendor text, register text,
                version bigint, business text, device text, number bigint, paired boolean, token text, callback text)
            order by vendor, register, version desc
            on conflict (vendor_name, register_id) do update set
                version = excluded.version, business_name = excluded.business_name,
                device_id = excluded.device_id, pairing_number = excluded.pairing_number,
                token_hash = case when excluded.device_id is null then pairing.token_hash else excluded.token_hash end,
                callback_url = excluded.callback_url, paired_at = excluded.paired_at,
                offline_notified_at = case
                    when excluded.device_id = pairing.device_id and excluded.callback_url is not null
                    then pairing.offline_notified_at end
            where pairing.version < excluded.version
            """;

    private static final String RAISE_NEWEST_NUMBER =
            """
            insert into paired_device (device_id, newest_pairing_number)
            select device, max(number)
            from json_to_recordset(cast(cast(:states as text) as json)) as state(device text, number bigint)
            group by device
            order by device
            on conflict (device_id) do update set newest_pairing_number = excluded.newest_pairing_number
            where paired_device.newest_pairing_number < excluded.newest_pairing_number
            """;

    /** All pairings are locked before the first device is: the array is complete before a device is looked at. */
    private static final String LOCK_CURRENT =
            """
            with held as materialized (
                select t.id, p.device_id, p.pairing_number
                from json_to_recordset(cast(cast($1 as text) as json))
                    as t(id uuid, vendor text, register text, device text, number bigint)
                join pairing p
                    on p.vendor_name = t.vendor and p.register_id = t.register
                    and p.device_id = t.device and p.pairing_number = t.number
                    and p.ending_number is distinct from p.pairing_number
                order by p.vendor_name, p.register_id
                for share of p
            )
            select held.id
            from held join paired_device d
                on d.device_id = held.device_id and d.newest_pairing_number = held.pairing_number
            where d.device_id = any (array(select device_id from held))
            order by d.device_id
            for share of d
            """;

    private static final String END_STARTS =
            """
            update pairing set ending_number = pairing_number
            where vendor_name = :vendor and register_id = :register and device_id = :device and pairing_number = :number
            """;

    private static final int MAX_FOUND_TOGETHER = 256;

    private record RegisterKey(String vendorName, String registerId) {}

    private final Batcher<RegisterKey, KnownRegister> registers = new Batcher<>(MAX_FOUND_TOGETHER, this::findAll);
    private final Pool pool;

    PairingTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * Finds what is known about the register with this vendor and id; absent if it was never paired. One query finds all that are asked for
     * during the one before. Must be called on a Vert.x context, on which it continues.
     */
    public Uni<Optional<KnownRegister>> find(RegisterIdentity register) {
        return registers.askOnContext(new RegisterKey(register.vendorName(), register.registerId()));
    }

    private Uni<Map<RegisterKey, KnownRegister>> findAll(Set<RegisterKey> keys) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(
                        keys.stream().map(RegisterKey::vendorName).toArray(String[]::new),
                        keys.stream().map(RegisterKey::registerId).toArray(String[]::new)))
                .map(PairingTable::known);
    }

    /**
     * Lets no transaction start under this pairing any longer. The device must be locked; transactions that were accepted
     * before are not granted.
     *
     * @return false, with nothing changed, if the register has another pairing now
     */
    public Uni<Boolean> endStarts(Mutiny.Session session, RegisterIdentity register, Pairing pairing) {
        return session.createNativeQuery(END_STARTS)
                .setParameter("vendor", register.vendorName())
                .setParameter("register", register.registerId())
                .setParameter("device", pairing.deviceId())
                .setParameter("number", pairing.pairingNumber())
                .executeUpdate()
                .map(changed -> changed == 1);
    }

    /**
     * Stores the newest state of each register, and notifications about pairings that end; an older state changes nothing,
     * but locks the same rows. The first round locks all pairings, and the devices are locked after that, all at once.
     */
    Uni<Void> apply(Mutiny.Session session, List<RegisterState> events) {
        return Rounds.sequentially(Rounds.of(events, RegisterState::key), round -> store(session, round))
                .chain(() -> session.createNativeQuery(RAISE_NEWEST_NUMBER)
                        .setParameter("states", states(events).encode())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> store(Mutiny.Session session, List<RegisterState> events) {
        String states = states(events).encode();
        return WatchedPairings.addEnded(session, states)
                .chain(() -> session.createNativeQuery(SET)
                        .setParameter("states", states)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /**
     * Returns those of the transactions whose register is still paired with their device, under the number of their intake.
     * They stay so until the caller's database transaction ends: an event that ends a pairing is applied, and confirmed,
     * after it.
     */
    public Uni<Set<UUID>> lockCurrent(Mutiny.Session session, Collection<Transaction> transactions) {
        if (transactions.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        JsonArray rows = new JsonArray();
        transactions.forEach(transaction -> rows.add(pairingOf(transaction)));
        return SessionSql.rows(session, LOCK_CURRENT, rows.encode())
                .map(locked -> locked.stream().map(row -> (UUID) row[0]).collect(Collectors.toSet()));
    }

    private static JsonObject pairingOf(Transaction transaction) {
        return new JsonObject()
                .put("id", transaction.id().toString())
                .put("vendor", transaction.register().vendorName())
                .put("register", transaction.register().registerId())
                .put("device", transaction.deviceId())
                .put("number", transaction.pairingNumber());
    }

    /** Adds notifications about devices that have been offline for so long, or are online again. Returns how many. */
    public Uni<Integer> addPresenceChanges(Duration offlineAfter) {
        return WatchedPairings.addPresenceChanges(pool, offlineAfter);
    }

    private static JsonArray states(List<RegisterState> events) {
        JsonArray states = new JsonArray();
        events.forEach(event -> states.add(new JsonObject()
                .put("vendor", event.vendorName())
                .put("register", event.registerId())
                .put("version", event.version())
                .put("business", event instanceof RegisterPaired paired ? paired.businessName() : null)
                .put("device", event.deviceId())
                .put("number", event.pairingNumber())
                .put("paired", event instanceof RegisterPaired)
                .put("token", event instanceof RegisterPaired paired ? paired.pairingTokenHash() : null)
                .put("callback", event instanceof RegisterPaired paired ? paired.callbackUrl() : null)));
        return states;
    }

    private static Map<RegisterKey, KnownRegister> known(RowSet<Row> rows) {
        Map<RegisterKey, KnownRegister> known = new HashMap<>();
        for (Row row : rows) {
            known.put(
                    new RegisterKey(row.getString("vendor_name"), row.getString("register_id")),
                    new KnownRegister(
                            row.getString("business_name"),
                            row.getString("token_hash"),
                            Optional.ofNullable(row.getString("device_id"))
                                    .map(device -> new Pairing(device, row.getLong("pairing_number"))),
                            row.getBoolean("ending")));
        }
        return known;
    }
}
