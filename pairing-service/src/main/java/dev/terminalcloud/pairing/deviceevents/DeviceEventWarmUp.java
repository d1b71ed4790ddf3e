package dev.terminalcloud.pairing.deviceevents;

import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.inbox.Rehearsal;
import dev.terminalcloud.servicestart.WarmUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Rehearses the end of a connection that never was. */
@ApplicationScoped
class DeviceEventWarmUp implements WarmUp {
    /** No device has it: ids are decimal. */
    private static final String NO_DEVICE = "warm-up";

    private final Rehearsal rehearsal;
    private final DeviceEventHandler handler;

    DeviceEventWarmUp(Rehearsal rehearsal, DeviceEventHandler handler) {
        this.rehearsal = rehearsal;
        this.handler = handler;
    }

    @Override
    public Uni<Void> run() {
        return rehearsal.of(handler, new DeviceDisconnected(NO_DEVICE, UUID.randomUUID(), "warm-up"));
    }
}
