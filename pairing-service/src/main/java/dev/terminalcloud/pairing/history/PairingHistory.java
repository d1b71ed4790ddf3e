package dev.terminalcloud.pairing.history;

import dev.terminalcloud.database.Rows;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The table {@code pairing_history}, for operators: the only writer of its entries.
 *
 * <p>Each method with a session belongs to the transaction that changes the pairing and holds the locks of its devices, so the history
 * has each change or the change is not made. The database's clock sets all times.
 */
@ApplicationScoped
public class PairingHistory {
    /** Ends each other entry of the register and of its device. */
    private static final String END_PREVIOUS =
            """
            update pairing_history h set
                ended_at = clock_timestamp(),
                end_reason = case
                    when h.vendor_name <> n.vendor_name or h.register_id <> n.register_id then 'DEVICE_REPAIRED'
                    else n.end_reason end,
                taken_by_vendor = case
                    when h.vendor_name <> n.vendor_name or h.register_id <> n.register_id then n.vendor_name end,
                taken_by_register = case
                    when h.vendor_name <> n.vendor_name or h.register_id <> n.register_id then n.register_id end
            from (select cast(:vendor as text) as vendor_name, cast(:register as text) as register_id,
                    cast(:device as text) as device_id, cast(:number as bigint) as pairing_number,
                    cast(:business as text) as business_name, cast(:name as text) as register_name,
                    cast(:reason as text) as end_reason) n
            where h.ended_at is null
              and (h.device_id = n.device_id or (h.vendor_name = n.vendor_name and h.register_id = n.register_id))
              and (h.vendor_name, h.register_id, h.device_id, h.pairing_number, h.business_name, h.register_name)
                <> (n.vendor_name, n.register_id, n.device_id, n.pairing_number, n.business_name, n.register_name)
            """;

    /** Adds nothing if the entry is there already. */
    private static final String START =
            """
            insert into pairing_history (vendor_name, register_id, device_id, pairing_number, business_name, register_name,
                started_by, address, moved)
            select n.vendor_name, n.register_id, n.device_id, cast(:number as bigint), n.business_name, cast(:name as text),
                cast(:by as text), cast(:address as text),
                coalesce(n.business_name <> (
                    select business_name from pairing_history p
                    where p.vendor_name = n.vendor_name and p.register_id = n.register_id order by id desc limit 1), false)
            from (select cast(:vendor as text) as vendor_name, cast(:register as text) as register_id,
                    cast(:device as text) as device_id, cast(:business as text) as business_name) n
            where not exists (select 1 from pairing_history c where c.device_id = n.device_id and c.ended_at is null)
            """;

    private static final String ADDRESS_OF =
            "select address from pairing_history where device_id = :device and ended_at is null";

    private static final String END =
            """
            update pairing_history set ended_at = clock_timestamp(), end_reason = :reason
            where device_id = :device and ended_at is null
            """;

    private static final String DELETE_EXPIRED =
            "delete from pairing_history where ended_at < now() - make_interval(secs => $1)";

    private static final String RECORDED =
            """
            select id, vendor_name, register_id, device_id, pairing_number, business_name, register_name, started_at,
                started_by, address, ended_at, end_reason, taken_by_vendor, taken_by_register
            from pairing_history
            """;

    private static final String OF_REGISTER =
            RECORDED + "where vendor_name = $1 and register_id = $2 and id < $3 order by id desc limit $4";

    private static final String OF_DEVICE = RECORDED + "where device_id = $1 and id < $2 order by id desc limit $3";

    private static final String PAIRED_WITHIN =
            """
            exists (
                select from pairing_history h
                where h.vendor_name = %1$s.vendor_name and h.register_id = %1$s.register_id
                  and (h.ended_at is null or h.ended_at >= now() - make_interval(secs => %2$s)))\
            """;

    /** Of concurrent replicas only one finds the newest move not reported yet; and none waits for a pairing in progress. */
    private static final String REPORT_FLAPPING =
            """
            with reported as (
                update pairing_history set move_reported = true
                where id in (
                    select h.id from pairing_history h join flapping_register f on f.newest_move = h.id
                    where not h.move_reported
                    for update of h skip locked)
                returning id)
            select vendor_name, register_id, moves, newest_move in (select id from reported) as has_new_move
            from flapping_register
            """;

    /**
     * A register that moves too often.
     *
     * @param hasNewMove if this call has marked its newest move as reported
     */
    record RegisterMoves(String vendorName, String registerId, long moves, boolean hasNewMove) {
        private static RegisterMoves of(Row row) {
            return new RegisterMoves(
                    row.getString("vendor_name"),
                    row.getString("register_id"),
                    row.getLong("moves"),
                    row.getBoolean("has_new_move"));
        }
    }

    /**
     * Returns the pairings of a register, newest first, without a lock.
     *
     * @param before only those with a smaller id
     */
    public static Uni<List<RecordedPairing>> ofRegister(
            Pool pool, String vendorName, String registerId, long before, int limit) {
        return recorded(pool, OF_REGISTER, Tuple.of(vendorName, registerId, before, limit));
    }

    /**
     * Returns the pairings of a device, newest first, without a lock.
     *
     * @param before only those with a smaller id
     */
    public static Uni<List<RecordedPairing>> ofDevice(Pool pool, String deviceId, long before, int limit) {
        return recorded(pool, OF_DEVICE, Tuple.of(deviceId, before, limit));
    }

    private static Uni<List<RecordedPairing>> recorded(Pool pool, String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .mapping(RecordedPairing::of)
                .execute(parameters)
                .map(Rows::list);
    }

    /**
     * Returns the SQL condition that a register is paired, or was within that time, for a statement of another table.
     *
     * @param register the alias of a row with {@code vendor_name} and {@code register_id}
     * @param seconds the statement's parameter
     */
    public static String pairedWithinCondition(String register, String seconds) {
        return PAIRED_WITHIN.formatted(register, seconds);
    }

    /**
     * Records that the register has claimed the device.
     *
     * @param address the client address of the register
     */
    public Uni<Void> recordClaim(Mutiny.Session session, RegisterPaired paired, String address) {
        return record(session, paired, PairingEnd.REGISTER_REPAIRED, "REGISTER", address);
    }

    /** Returns the client address that the device's pairing came from; absent if the history does not have it. */
    public Uni<Optional<String>> addressOf(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(ADDRESS_OF, String.class)
                .setParameter("device", deviceId)
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    /**
     * Records that an operator has handed the register over to this device.
     *
     * @param address the client address of the operator
     */
    public Uni<Void> recordReplacement(Mutiny.Session session, RegisterPaired moved, String address) {
        return record(session, moved, PairingEnd.DEVICE_REPLACED, "OPERATOR", address);
    }

    /** Records that the device's pairing, if it has one, has ended without a new one. */
    public Uni<Void> recordEnd(Mutiny.Session session, String deviceId, PairingEnd reason) {
        return session.createNativeQuery(END)
                .setParameter("device", deviceId)
                .setParameter("reason", reason.name())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Deletes the pairings that ended longer ago than the retention; current ones stay. */
    static Uni<Void> deleteExpired(Pool pool, Duration retention) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds()))
                .replaceWithVoid();
    }

    /** Marks the newest moves as reported, and returns the registers that move too often. */
    static Uni<List<RegisterMoves>> reportFlapping(Pool pool) {
        return pool.query(REPORT_FLAPPING).mapping(RegisterMoves::of).execute().map(Rows::list);
    }

    private static Uni<Void> record(
            Mutiny.Session session, RegisterPaired paired, PairingEnd previous, String startedBy, String address) {
        return withPairing(session.createNativeQuery(END_PREVIOUS), paired)
                .setParameter("reason", previous.name())
                .executeUpdate()
                .chain(() -> withPairing(session.createNativeQuery(START), paired)
                        .setParameter("by", startedBy)
                        .setParameter("address", address)
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Mutiny.MutationQuery withPairing(Mutiny.MutationQuery query, RegisterPaired paired) {
        return query.setParameter("vendor", paired.vendorName())
                .setParameter("register", paired.registerId())
                .setParameter("device", paired.deviceId())
                .setParameter("number", paired.pairingNumber())
                .setParameter("business", paired.businessName())
                .setParameter("name", paired.registerName());
    }
}
