package dev.terminalcloud.pairing.publication;

import dev.terminalcloud.events.DeviceRegistryEvent.RegistryPublished;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code kafka_topics}: the topics that have the state of the database, and how far it was published to them. */
@ApplicationScoped
class PublicationTable {
    private static final int PAGE = 500;

    /** Topics that are known for the first time have all state: each change was published when it was made. */
    private static final String ADOPT_FIRST =
            "insert into kafka_topics (topic_ids) values (:ids) on conflict (singleton) do nothing";

    /** Epochs go on with greater numbers if the topic of commands is new, whose offsets they are: this restarts the connectors. */
    private static final String ADOPT_NEW =
            """
            update kafka_topics set topic_ids = :ids, began_at = clock_timestamp(), published_to = '', complete = false,
                publications = publications + 1,
                first_epoch = case when split_part(topic_ids, ' ', 1) = split_part(:ids, ' ', 1) then first_epoch
                    else greatest(
                        first_epoch + 1000000000, cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)) end
            where topic_ids <> :ids
            """;

    private static final String STATE =
            """
            select complete, published_to, publications, first_epoch,
                cast(coalesce(extract(epoch from began_at), 0) as bigint)
            from kafka_topics for update
            """;

    private static final String NEXT_DEVICES =
            "select device_id from device_pairing where device_id > :after order by device_id limit " + PAGE;

    private static final String PUBLISHED_TO = "update kafka_topics set published_to = :device";
    private static final String COMPLETED = "update kafka_topics set complete = true";

    private static final String PAIRED =
            """
            select vendor_name, register_id, register_version, business_name, register_name, device_id, pairing_number,
                pairing_token_hash, callback_url
            from device_pairing
            where device_id = any (cast(:devices as text[])) and register_id is not null
            """;

    /** Registers without a device: how the newest pairing of a device ended may not have reached all readers. */
    private static final String UNPAIRED =
            """
            select vendor_name, register_id, version, device_id, pairing_number from unpaired_register
            where device_id = any (cast(:devices as text[]))
            """;

    private final DeviceRoutes routes;

    PublicationTable(DeviceRoutes routes) {
        this.routes = routes;
    }

    /** @param beganSeconds when the last publication began, in seconds since 1970; 0 for never */
    record State(boolean complete, String publishedTo, long version, long firstEpoch, long beganSeconds) {
        static State of(Object[] row) {
            return new State((Boolean) row[0], (String) row[1], number(row[2]), number(row[3]), number(row[4]));
        }

        State completed() {
            return new State(true, publishedTo, version, firstEpoch, beganSeconds);
        }
    }

    /** Notes the ids of the topics. Returns true if others were known, so that all state must be published to these. */
    Uni<Boolean> adopt(WriteTransaction write, String ids) {
        return write.session()
                .createNativeQuery(ADOPT_FIRST)
                .setParameter("ids", ids)
                .executeUpdate()
                .chain(() -> write.session()
                        .createNativeQuery(ADOPT_NEW)
                        .setParameter("ids", ids)
                        .executeUpdate())
                .map(changed -> changed == 1);
    }

    /** Publishes the next devices with their registers, or, behind the last one, that everything was published. */
    Uni<State> publishPage(WriteTransaction write) {
        return write.session()
                .createNativeQuery(STATE, Object[].class)
                .getSingleResult()
                .map(State::of)
                .chain(state -> state.complete()
                        ? Uni.createFrom().item(state)
                        : nextDevices(write.session(), state)
                                .chain(ids -> ids.isEmpty() ? complete(write, state) : publish(write, ids, state)));
    }

    private static Uni<List<String>> nextDevices(Mutiny.Session session, State state) {
        return session.createNativeQuery(NEXT_DEVICES, String.class)
                .setParameter("after", state.publishedTo())
                .getResultList();
    }

    private static Uni<State> complete(WriteTransaction write, State state) {
        write.append(Topic.DEVICE_REGISTRY, new RegistryPublished(state.version(), state.firstEpoch()));
        return write.session().createNativeQuery(COMPLETED).executeUpdate().replaceWith(state.completed());
    }

    private Uni<State> publish(WriteTransaction write, List<String> ids, State state) {
        Mutiny.Session session = write.session();
        return routes.lockAll(session, ids)
                .chain(() -> session.find(Device.class, ids.toArray()))
                .invoke(devices -> devices.forEach(device -> write.append(
                        Topic.DEVICE_REGISTRY, device.isRevoked() ? device.toRevoked() : device.toRegistered())))
                .chain(() -> registers(session, PAIRED, ids))
                .invoke(rows -> rows.forEach(row -> write.append(Topic.PAIRING_EVENTS, paired(row))))
                .chain(() -> registers(session, UNPAIRED, ids))
                .invoke(rows -> rows.forEach(row -> write.append(Topic.PAIRING_EVENTS, unpaired(row))))
                .chain(() -> session.createNativeQuery(PUBLISHED_TO)
                        .setParameter("device", ids.get(ids.size() - 1))
                        .executeUpdate())
                .replaceWith(state);
    }

    private static Uni<List<Object[]>> registers(Mutiny.Session session, String query, List<String> ids) {
        return session.createNativeQuery(query, Object[].class)
                .setParameter("devices", ids.toArray(String[]::new))
                .getResultList();
    }

    private static RegisterPaired paired(Object[] row) {
        return new RegisterPaired(
                (String) row[0],
                (String) row[1],
                number(row[2]),
                (String) row[3],
                (String) row[4],
                (String) row[5],
                number(row[6]),
                (String) row[7],
                (String) row[8]);
    }

    private static RegisterUnpaired unpaired(Object[] row) {
        return new RegisterUnpaired((String) row[0], (String) row[1], number(row[2]), (String) row[3], number(row[4]));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
