package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.pairing.history.PairingHistory;
import dev.terminalcloud.retention.BatchedCleanup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code register}: its statements, beside the entity {@link Register}. */
@ApplicationScoped
class RegisterRepository {
    private static final String DEVICE_OF =
            "select device_id from register where vendor_name = :vendor and register_id = :register";

    private static final String ADD_MISSING =
            """
            insert into register (vendor_name, register_id, business_name, register_name, version)
            values (:vendor, :register, :business, :name, 0)
            on conflict do nothing
            """;

    private static final String PAIRED_WITH = "from Register where deviceId = :device";

    private static final String UNPAIRED_DEVICES =
            """
            select device_id, pairing_number from device_pairing
            where device_id = any (cast(:devices as text[])) and register_id is null
            """;

    private static final String CONFIRM =
            """
            update register set confirmed_version = confirmed.version
            from (select vendor, register, max(version) as version
                from json_to_recordset(cast(cast(:confirmed as text) as json))
                    as one(vendor text, register text, version bigint)
                group by vendor, register) confirmed
            where vendor_name = confirmed.vendor and register_id = confirmed.register
                and confirmed_version < confirmed.version
            """;

    private static final String IS_CONFIRMED =
            "select 1 from register where vendor_name = $1 and register_id = $2 and confirmed_version >= $3";

    /** The history of pairings knows when the last pairing ended; a register without history has had none for longer. */
    private static final String ERASE_CONTACTS =
            """
            update register set
                business_name = '', register_name = '', contact_name = null, address = null, city = null, state = null,
                zip_code = null, email = null, phone = null
            where (vendor_name, register_id) in (
                select r.vendor_name, r.register_id from register r
                where r.device_id is null and (
                    r.business_name <> '' or r.register_name <> ''
                    or num_nonnulls(r.contact_name, r.address, r.city, r.state, r.zip_code, r.email, r.phone) > 0)
                  and not %s
                limit $2 for update of r skip locked)
            """
                    .formatted(PairingHistory.pairedWithinCondition("r", "$1"));

    /** Returns the device that the register is paired with, read without a lock; null if it is not paired. */
    Uni<String> deviceOf(Mutiny.Session session, RegisterKey key) {
        return session.createNativeQuery(DEVICE_OF, String.class)
                .setParameter("vendor", key.vendorName())
                .setParameter("register", key.registerId())
                .getSingleResultOrNull();
    }

    /** Locks the register's row and returns it; adds it first if it is new. */
    Uni<Register> lock(Mutiny.Session session, PairingRequest request) {
        return session.createNativeQuery(ADD_MISSING)
                .setParameter("vendor", request.register().vendorName())
                .setParameter("register", request.register().registerId())
                .setParameter("business", request.businessName())
                .setParameter("name", request.registerName())
                .executeUpdate()
                .chain(() -> session.find(Register.class, request.register(), LockMode.PESSIMISTIC_WRITE));
    }

    /** Returns the register that is paired with the device, which must be locked; null if it is not paired. */
    Uni<Register> pairedWith(Mutiny.Session session, String deviceId) {
        return session.createSelectionQuery(PAIRED_WITH, Register.class)
                .setParameter("device", deviceId)
                .getSingleResultOrNull();
    }

    /** Returns those of the devices, which must be locked, that have no register, with their pairing numbers. */
    Uni<Map<String, Long>> unpairedDevices(Mutiny.Session session, Collection<String> deviceIds) {
        return session.createNativeQuery(UNPAIRED_DEVICES, Object[].class)
                .setParameter("devices", deviceIds.toArray(String[]::new))
                .getResultList()
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1])));
    }

    /**
     * Records which versions are confirmed; their devices must be locked. An older version changes nothing.
     *
     * @param confirmed a JSON array
     */
    static Uni<Void> confirm(Mutiny.Session session, String confirmed) {
        return session.createNativeQuery(CONFIRM)
                .setParameter("confirmed", confirmed)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Returns whether this state of the register, or a later one, is confirmed. */
    static Uni<Boolean> isConfirmed(Pool pool, RegisterState state) {
        return pool.preparedQuery(IS_CONFIRMED)
                .execute(Tuple.of(state.vendorName(), state.registerId(), state.version()))
                .map(rows -> rows.size() == 1);
    }

    /** Erases the contact details and names of registers that have not been paired for so long, of one batch; returns of how many. */
    static Uni<Integer> eraseContacts(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, ERASE_CONTACTS, age);
    }
}
