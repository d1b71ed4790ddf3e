package dev.terminalcloud.inbox;

import dev.terminalcloud.database.OwnContext;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.servicestart.WarmUp;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Applies the end of a connection that never was, by the service's own handlers, in database transactions that are rolled back. */
@ApplicationScoped
class DeviceEventWarmUp implements WarmUp {
    /** No device has it: ids are decimal. */
    private static final String NO_DEVICE = "warm-up";

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
        return Multi.createFrom()
                .iterable(handlers)
                .onItem()
                .transformToUniAndConcatenate(this::rehearse)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> rehearse(EventHandler<DeviceEvent> handler) {
        DeviceEvent event = new DeviceDisconnected(NO_DEVICE, UUID.randomUUID(), "warm-up");
        List<ReceivedEvent<DeviceEvent>> received =
                List.of(new ReceivedEvent<>(UUID.randomUUID(), event, Instant.EPOCH));
        return OwnContext.run(
                        vertx,
                        () -> outbox.<Void>inTransaction(write -> handler.handle(write, received)
                                .chain(() -> Uni.createFrom().failure(new RolledBackException()))))
                .onFailure(RolledBackException.class)
                .recoverWithNull();
    }

    private static final class RolledBackException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
