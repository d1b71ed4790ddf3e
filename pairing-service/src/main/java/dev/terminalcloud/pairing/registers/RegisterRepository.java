package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.pairing.devices.Device;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries and locks of registers. */
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
            from Device d where d.deviceId in :devices
            and not exists (select 1 from Register r where r.deviceId = d.deviceId)
            """;

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

    /** Those of the devices, which must be locked, that have no register. */
    Uni<List<Device>> unpairedDevices(Mutiny.Session session, Collection<String> deviceIds) {
        return session.createSelectionQuery(UNPAIRED_DEVICES, Device.class)
                .setParameter("devices", deviceIds)
                .getResultList();
    }
}
