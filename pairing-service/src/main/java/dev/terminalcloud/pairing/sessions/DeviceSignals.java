package dev.terminalcloud.pairing.sessions;

import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceEvent.FromSession;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.inbox.Application;
import dev.terminalcloud.inbox.Received;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.Tally;
import dev.terminalcloud.pairing.Tally.Happening;
import dev.terminalcloud.pairing.codes.PairingCode;
import dev.terminalcloud.pairing.codes.PairingCodes;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.devices.Presence;
import dev.terminalcloud.pairing.devices.Probes;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Route;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What becomes of the things that devices say. A signal is never refused: it changes something, or it is late, repeated or
 * none of this service's business, and changes nothing.
 */
@ApplicationScoped
class DeviceSignals implements Application<DeviceEvent> {
    private final DeviceRoutes routes;
    private final PairingCodes codes;
    private final DevicePairing pairing;
    private final Presence presence;
    private final Probes probes;
    private final Tally tally;

    DeviceSignals(
            DeviceRoutes routes,
            PairingCodes codes,
            DevicePairing pairing,
            Presence presence,
            Probes probes,
            Tally tally) {
        this.routes = routes;
        this.codes = codes;
        this.pairing = pairing;
        this.presence = presence;
        this.probes = probes;
        this.tally = tally;
    }

    @Override
    public boolean concerns(DeviceEvent event) {
        return event instanceof DeviceConnected
                || event instanceof DeviceDisconnected
                || event instanceof DeviceStatusChanged
                || event instanceof DevicePonged
                || event instanceof PairingCodeRequested
                || event instanceof UnpairRequested;
    }

    /** Applies the events in their order, with all their devices locked beforehand. */
    @Override
    public Uni<Void> apply(WriteTransaction transaction, List<Received<DeviceEvent>> events) {
        List<String> devices =
                events.stream().map(received -> received.event().key()).toList();
        return routes.lockAll(transaction.session(), devices)
                .chain(() -> Multi.createFrom()
                        .iterable(events)
                        .onItem()
                        .transformToUniAndConcatenate(received -> apply(transaction, received))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private Uni<Void> apply(WriteTransaction transaction, Received<DeviceEvent> received) {
        if (received.event() instanceof DeviceConnected connected) {
            return connected(transaction, connected);
        }
        if (received.event() instanceof DeviceDisconnected disconnected) {
            return routes.disconnected(transaction.session(), disconnected)
                    .chain(() -> transaction.session().find(Device.class, disconnected.deviceId()))
                    .chain(device -> device == null ? nothing() : presence.settle(transaction, device));
        }
        if (received.event() instanceof DeviceStatusChanged changed) {
            return onCurrentSession(
                    transaction,
                    changed,
                    route -> presence.changed(transaction.session(), changed.deviceId(), changed.status()));
        }
        if (received.event() instanceof DevicePonged pong) {
            return probes.answered(transaction.session(), pong)
                    .chain(() -> presence.seen(transaction.session(), pong.deviceId()));
        }
        if (received.event() instanceof PairingCodeRequested requested) {
            return ofKnownDevice(
                    transaction, requested, device -> showCode(transaction, requested, received.eventId()));
        }
        if (received.event() instanceof UnpairRequested requested) {
            return ofKnownDevice(transaction, requested, device -> unpair(transaction, requested, device));
        }
        throw new IllegalArgumentException("no signal of this service: " + received.event());
    }

    private Uni<Void> connected(WriteTransaction transaction, DeviceConnected event) {
        Route route = new Route(event.sessionId(), event.connectorIndex());
        return routes.connected(transaction.session(), event)
                .chain(opened -> opened
                        ? endOlderSessions(transaction, event)
                                .chain(() -> ofKnownDevice(
                                        transaction, event, device -> welcome(transaction, event, device, route)))
                        : nothing());
    }

    private Uni<Void> welcome(WriteTransaction transaction, DeviceConnected event, Device device, Route route) {
        return presence.said(transaction.session(), event)
                .chain(() -> presence.settle(transaction, device))
                .chain(() -> pairing.tell(transaction, device, route));
    }

    /** The connector that holds the new session ends the older ones of its own by itself. */
    private Uni<Void> endOlderSessions(WriteTransaction transaction, DeviceConnected event) {
        return routes.otherSessions(transaction.session(), event.deviceId(), event.sessionId())
                .invoke(others -> others.stream()
                        .filter(other -> other.connectorIndex() != event.connectorIndex())
                        .forEach(other -> transaction.append(
                                Topic.DEVICE_COMMANDS,
                                other.connectorIndex(),
                                new EndSession(event.deviceId(), other.sessionId()))))
                .replaceWithVoid();
    }

    private Uni<Void> showCode(WriteTransaction transaction, PairingCodeRequested event, UUID eventId) {
        return onCurrentSession(
                transaction, event, route -> codes.issue(transaction.session(), event.deviceId(), eventId)
                        .invoke(issued -> issued.ifPresent(code -> show(transaction, event, route, code)))
                        .replaceWithVoid());
    }

    private void show(WriteTransaction transaction, PairingCodeRequested event, Route route, PairingCode code) {
        int seconds = Math.toIntExact(codes.validity().toSeconds());
        transaction.append(
                Topic.DEVICE_COMMANDS,
                route.connectorIndex(),
                new ShowPairingCode(event.deviceId(), event.sessionId(), code.digits(), seconds));
        tally.count(Happening.CODE_ISSUED);
    }

    private Uni<Void> unpair(WriteTransaction transaction, UnpairRequested event, Device device) {
        return routes.lock(transaction.session(), event.deviceId())
                .chain(route -> pairing.end(transaction, device, event.pairingNumber(), route))
                .invoke(ended -> tally.count(ended ? Happening.UNPAIRED_BY_DEVICE : Happening.UNPAIR_OUT_OF_DATE))
                .replaceWithVoid();
    }

    private Uni<Void> onCurrentSession(
            WriteTransaction transaction, FromSession event, Function<Route, Uni<Void>> action) {
        return routes.lock(transaction.session(), event.deviceId())
                .map(route -> route.filter(current -> current.sessionId().equals(event.sessionId())))
                .chain(route -> {
                    if (route.isEmpty()) {
                        tally.count(Happening.REQUEST_OF_OLD_SESSION);
                        return nothing();
                    }
                    return action.apply(route.get());
                });
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> ofKnownDevice(
            WriteTransaction transaction, FromSession event, Function<Device, Uni<Void>> action) {
        return transaction.session().find(Device.class, event.deviceId()).chain(device -> {
            if (device == null) {
                tally.count(Happening.EVENT_OF_UNKNOWN_DEVICE);
                return nothing();
            }
            return action.apply(device);
        });
    }
}
