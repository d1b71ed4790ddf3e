package dev.terminalcloud.transaction.registry;

import dev.terminalcloud.events.DeviceRegistryEvent;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceState;
import dev.terminalcloud.inbox.Inbox;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.outbox.WriteTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Consumes {@code device-registry} to keep the copy of which devices may connect up to date: a device that may not will
 * never report the outcome of a transaction. An older state changes nothing.
 */
@ApplicationScoped
class DeviceRegistryConsumer {
    private static final String SET =
            """
            insert into registered_device (device_id, version, revoked)
            select distinct on (r.device) r.device, r.version, r.revoked
            from json_to_recordset(cast(cast(:devices as text) as json)) as r(device text, version bigint, revoked boolean)
            order by r.device, r.version desc
            on conflict (device_id) do update set version = excluded.version, revoked = excluded.revoked
            where registered_device.version < excluded.version
            """;

    private final Inbox inbox;

    DeviceRegistryConsumer(Inbox inbox) {
        this.inbox = inbox;
    }

    @Incoming("device-registry")
    Uni<Void> receive(KafkaRecordBatch<byte[], byte[]> polled) {
        return inbox.receive(DeviceRegistryEvent.class, polled, DeviceRegistryConsumer::apply);
    }

    private static Uni<Void> apply(WriteTransaction write, List<ReceivedEvent<DeviceRegistryEvent>> received) {
        JsonArray devices = new JsonArray();
        received.stream()
                .map(ReceivedEvent::event)
                .filter(DeviceState.class::isInstance)
                .map(DeviceState.class::cast)
                .forEach(event -> devices.add(state(event)));
        return write.session()
                .createNativeQuery(SET)
                .setParameter("devices", devices.encode())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static JsonObject state(DeviceState event) {
        return new JsonObject()
                .put("device", event.deviceId())
                .put("version", event.version())
                .put("revoked", event instanceof DeviceRevoked);
    }
}
