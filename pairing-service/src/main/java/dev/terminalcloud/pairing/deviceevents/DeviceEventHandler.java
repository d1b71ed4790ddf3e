package dev.terminalcloud.pairing.deviceevents;

import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceEvent.PairingCodeRequested;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.DeviceEvent.UnpairRequested;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.inbox.EventHandler;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.codes.PairingCode;
import dev.terminalcloud.pairing.codes.PairingCodes;
import dev.terminalcloud.pairing.devices.Device;
import dev.terminalcloud.pairing.devices.Presence;
import dev.terminalcloud.pairing.history.PairingEnd;
import dev.terminalcloud.pairing.registers.DevicePairing;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Probes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Handler of events from devices. An event is never refused: it changes something, or it is late, repeated or irrelevant
 * to this service, and changes nothing.
 */
@ApplicationScoped
class DeviceEventHandler implements EventHandler<DeviceEvent> {
    private static final Set<Class<? extends Event>> HANDLED = Set.of(
            DeviceConnected.class,
            DeviceDisconnected.class,
            DeviceStatusChanged.class,
            DevicePonged.class,
            PairingCodeRequested.class,
            UnpairRequested.class);

    private final DeviceRoutes routes;
    private final PairingCodes codes;
    private final DevicePairing pairing;
    private final Presence presence;
    private final DeviceConnections arrivals;
    private final Probes probes;
    private final PairingMetrics metrics;

    DeviceEventHandler(
            DeviceRoutes routes,
            PairingCodes codes,
            DevicePairing pairing,
            Presence presence,
            DeviceConnections arrivals,
            Probes probes,
            PairingMetrics metrics) {
        this.routes = routes;
        this.codes = codes;
        this.pairing = pairing;
        this.presence = presence;
        this.arrivals = arrivals;
        this.probes = probes;
        this.metrics = metrics;
    }

    @Override
    public boolean handles(Class<? extends Event> type) {
        return HANDLED.contains(type);
    }

    /** Applies the events in order, with all their devices locked beforehand. */
    @Override
    public Uni<Void> handle(WriteTransaction transaction, List<ReceivedEvent<DeviceEvent>> events) {
        List<String> devices =
                events.stream().map(received -> received.event().key()).toList();
        return routes.lockOnly(transaction.session(), devices)
                .chain(() -> Rounds.sequentially(
                        Rounds.of(events, received -> received.event().key()), round -> round(transaction, round)));
    }

    private Uni<Void> round(WriteTransaction transaction, List<ReceivedEvent<DeviceEvent>> round) {
        List<DeviceEvent> events = round.stream().map(ReceivedEvent::event).toList();
        return arrivals.disconnected(transaction, Rounds.ofType(DeviceDisconnected.class, events))
                .chain(() -> arrivals.connected(transaction, Rounds.ofType(DeviceConnected.class, events)))
                .chain(() -> Rounds.sequentially(
                        round.stream()
                                .filter(received -> !isConnectionEvent(received.event()))
                                .toList(),
                        received -> apply(transaction, received)));
    }

    private static boolean isConnectionEvent(DeviceEvent event) {
        return event instanceof DeviceConnected || event instanceof DeviceDisconnected;
    }

    private Uni<Void> apply(WriteTransaction transaction, ReceivedEvent<DeviceEvent> received) {
        if (received.event() instanceof DeviceStatusChanged changed) {
            return withCurrentSession(
                    transaction,
                    changed,
                    route -> presence.updateStatus(transaction.session(), changed.deviceId(), changed.status()));
        }
        if (received.event() instanceof DevicePonged pong) {
            return probes.recordAnswers(transaction.session(), List.of(pong))
                    .chain(() -> presence.touch(transaction.session(), pong.deviceId()));
        }
        if (received.event() instanceof PairingCodeRequested requested) {
            return withDevice(transaction, requested, device -> showCode(transaction, requested, received.eventId()));
        }
        if (received.event() instanceof UnpairRequested requested) {
            return withDevice(transaction, requested, device -> unpair(transaction, requested, device));
        }
        throw new IllegalArgumentException("Unexpected event: " + received.event());
    }

    private Uni<Void> showCode(WriteTransaction transaction, PairingCodeRequested event, UUID eventId) {
        return withCurrentSession(
                transaction, event, route -> codes.issue(transaction.session(), event.deviceId(), eventId)
                        .invoke(issued -> issued.ifPresent(code -> show(transaction, event, route, code)))
                        .replaceWithVoid());
    }

    private void show(WriteTransaction transaction, PairingCodeRequested event, DeviceRoute route, PairingCode code) {
        int seconds = Math.toIntExact(codes.validity().toSeconds());
        transaction.append(
                Topic.DEVICE_COMMANDS,
                route.connectorIndex(),
                new ShowPairingCode(event.deviceId(), event.sessionId(), code.digits(), seconds));
        metrics.increment(PairingOutcome.CODE_ISSUED);
    }

    private Uni<Void> unpair(WriteTransaction transaction, UnpairRequested event, Device device) {
        return pairing.unpair(transaction, device, event.pairingNumber(), PairingEnd.UNPAIRED_BY_DEVICE)
                .invoke(ended -> metrics.increment(
                        ended.isPresent() ? PairingOutcome.UNPAIRED_BY_DEVICE : PairingOutcome.STALE_UNPAIR_REQUEST))
                .replaceWithVoid();
    }

    private Uni<Void> withCurrentSession(
            WriteTransaction transaction, SessionEvent event, Function<DeviceRoute, Uni<Void>> action) {
        return routes.find(transaction.session(), List.of(event.deviceId()))
                .map(current -> Optional.ofNullable(current.get(event.deviceId()))
                        .filter(route -> route.sessionId().equals(event.sessionId())))
                .chain(route -> {
                    if (route.isEmpty()) {
                        metrics.increment(PairingOutcome.STALE_SESSION_REQUEST);
                        return noChange();
                    }
                    return action.apply(route.get());
                });
    }

    private static Uni<Void> noChange() {
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> withDevice(WriteTransaction transaction, SessionEvent event, Function<Device, Uni<Void>> action) {
        return transaction.session().find(Device.class, event.deviceId()).chain(device -> {
            if (device == null) {
                metrics.increment(PairingOutcome.UNKNOWN_DEVICE_EVENT);
                return noChange();
            }
            return action.apply(device);
        });
    }
}
