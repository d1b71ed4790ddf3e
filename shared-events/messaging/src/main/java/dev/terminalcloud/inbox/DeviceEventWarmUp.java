package dev.terminalcloud.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.servicestart.WarmUp;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Applies the beginning and the end of connections that never were, by the service's own handlers, in database transactions that are
 * rolled back: several times, so that the first devices after a start find programs that are compiled, if not yet well.
 */
@ApplicationScoped
class DeviceEventWarmUp implements WarmUp {
    /** No device has it: ids are decimal. */
    private static final String NO_DEVICE = "warm-up";

    /** No connector has it, and a session that was only ended has another. */
    private static final int NO_CONNECTOR = -2;

    private static final int REHEARSALS = 20;

    private final Vertx vertx;
    private final Outbox outbox;
    private final List<EventHandler<DeviceEvent>> handlers;

    DeviceEventWarmUp(Vertx vertx, Outbox outbox, @All List<EventHandler<DeviceEvent>> handlers) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.handlers = handlers;
    }

    @Override
    public Uni<Void> run() {
        return Rounds.sequentially(
                Collections.nCopies(REHEARSALS, handlers),
                again -> Rounds.sequentially(again, handler -> rehearse(handler)));
    }

    private Uni<Void> rehearse(EventHandler<DeviceEvent> handler) {
        UUID session = UUID.randomUUID();
        List<ReceivedEvent<DeviceEvent>> received = List.of(
                received(new DeviceConnected(
                        NO_DEVICE, session, NO_CONNECTOR, 1, "warm-up", "warm-up", DeviceStatus.NOT_INITIALIZED)),
                received(new DeviceDisconnected(NO_DEVICE, session, "warm-up")));
        return OwnContext.run(
                        vertx,
                        () -> outbox.<Void>inTransaction(write -> handler.handle(write, received)
                                .chain(() -> Uni.createFrom().failure(new RolledBackException()))))
                .onFailure(RolledBackException.class)
                .recoverWithNull();
    }

    private static ReceivedEvent<DeviceEvent> received(DeviceEvent event) {
        byte[] payload = EventCodec.encode(event).getBytes(UTF_8);
        return new ReceivedEvent<>(
                UUID.randomUUID(), (DeviceEvent) EventCodec.decode(Topic.DEVICE_EVENTS, payload), Instant.EPOCH);
    }

    private static final class RolledBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
