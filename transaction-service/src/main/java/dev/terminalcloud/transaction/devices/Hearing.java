package dev.terminalcloud.transaction.devices;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.AboutTransaction;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.FromSession;
import dev.terminalcloud.inbox.Application;
import dev.terminalcloud.inbox.Received;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Route;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.Orphan;
import dev.terminalcloud.transaction.lifecycle.Orphans;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Applies what devices say, in the order in which each device said it.
 *
 * <p>All devices of a batch are locked first and all its transactions second, each in one order for everybody, so that
 * replicas wait for each other and never in a circle. Applying an event twice changes nothing.
 */
@ApplicationScoped
class Hearing implements Application<DeviceEvent> {
    private final DeviceRoutes routes;
    private final Transactions transactions;
    private final Lifecycle lifecycle;
    private final Orphans orphans;

    Hearing(DeviceRoutes routes, Transactions transactions, Lifecycle lifecycle, Orphans orphans) {
        this.routes = routes;
        this.transactions = transactions;
        this.lifecycle = lifecycle;
        this.orphans = orphans;
    }

    @Override
    public Uni<Void> apply(WriteTransaction write, List<Received<DeviceEvent>> received) {
        List<FromSession> events = received.stream()
                .map(Received::event)
                .filter(Hearing::concernsTransactions)
                .map(FromSession.class::cast)
                .toList();
        return routes.lockAll(write.session(), devicesOf(events)).chain(current -> transactions
                .lock(write.session(), transactionsOf(events), connectedDevicesOf(events))
                .chain(found -> new Batch(write, new HashMap<>(current), found).hear(events)));
    }

    private static boolean concernsTransactions(DeviceEvent event) {
        return event instanceof AboutTransaction
                || event instanceof DeviceConnected
                || event instanceof DeviceDisconnected;
    }

    private static Set<String> devicesOf(List<FromSession> events) {
        return events.stream().map(FromSession::deviceId).collect(Collectors.toSet());
    }

    private static Set<UUID> transactionsOf(List<FromSession> events) {
        return events.stream()
                .filter(AboutTransaction.class::isInstance)
                .map(event -> ((AboutTransaction) event).transactionId())
                .collect(Collectors.toSet());
    }

    private static Set<String> connectedDevicesOf(List<FromSession> events) {
        return events.stream()
                .filter(DeviceConnected.class::isInstance)
                .map(FromSession::deviceId)
                .collect(Collectors.toSet());
    }

    /** The devices and transactions of one batch, locked. */
    private final class Batch {
        private final WriteTransaction write;
        private final Map<String, Route> current;
        private final Map<UUID, Transaction> found;

        Batch(WriteTransaction write, Map<String, Route> current, Map<UUID, Transaction> found) {
            this.write = write;
            this.current = current;
            this.found = found;
        }

        Uni<Void> hear(List<FromSession> events) {
            return Rounds.oneAfterTheOther(Rounds.of(events, FromSession::deviceId), this::round);
        }

        /** All devices that come or go in a round do so together: after an outage they may be very many. */
        private Uni<Void> round(List<FromSession> round) {
            return disconnected(Rounds.only(DeviceDisconnected.class, round))
                    .chain(() -> connected(Rounds.only(DeviceConnected.class, round)))
                    .chain(() -> Rounds.oneAfterTheOther(Rounds.only(AboutTransaction.class, round), this::about));
        }

        private Uni<Void> disconnected(List<DeviceDisconnected> events) {
            return events.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : routes.disconnected(write.session(), events).chain(() -> lookAgain(events));
        }

        private Uni<Void> connected(List<DeviceConnected> events) {
            return events.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : routes.connected(write.session(), events)
                            .chain(opened -> lookAgain(events).invoke(() -> events.stream()
                                    .filter(event -> opened.contains(event.sessionId()))
                                    .forEach(this::welcome)));
        }

        /** The devices are locked already. */
        private Uni<Void> lookAgain(List<? extends FromSession> events) {
            Set<String> devices = events.stream().map(FromSession::deviceId).collect(Collectors.toSet());
            return routes.look(write.session(), devices)
                    .invoke(known -> {
                        current.keySet().removeAll(devices);
                        current.putAll(known);
                    })
                    .replaceWithVoid();
        }

        /** What waits for the device is offered to it, and what it owes an answer about is asked for. */
        private void welcome(DeviceConnected event) {
            Route route = current.get(event.deviceId());
            if (route == null || !route.sessionId().equals(event.sessionId())) {
                return;
            }
            found.values().stream()
                    .filter(transaction -> transaction.deviceId().equals(event.deviceId()))
                    .forEach(transaction -> resume(transaction, route));
        }

        private void resume(Transaction transaction, Route route) {
            if (transaction.phase() == Phase.QUEUED) {
                lifecycle.offer(write, transaction, route);
            } else if (transaction.phase() == Phase.STARTED && transaction.isDelayed() && !transaction.wasNeverSeen()) {
                lifecycle.askForReport(write, transaction, route);
            }
        }

        private Uni<Void> about(AboutTransaction event) {
            Transaction transaction = found.get(event.transactionId());
            if (transaction == null) {
                return orphans.keep(write, event, Orphan.UNKNOWN_TRANSACTION);
            }
            if (!transaction.deviceId().equals(event.deviceId())) {
                return orphans.keep(write, event, Orphan.OTHER_DEVICE);
            }
            return lifecycle.hear(write, transaction, event, Optional.ofNullable(current.get(event.deviceId())));
        }
    }
}
