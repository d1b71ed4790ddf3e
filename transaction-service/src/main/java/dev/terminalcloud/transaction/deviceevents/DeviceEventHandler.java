package dev.terminalcloud.transaction.deviceevents;

import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.DeviceConnected;
import dev.terminalcloud.events.DeviceEvent.DeviceDisconnected;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.inbox.EventHandler;
import dev.terminalcloud.inbox.ReceivedEvent;
import dev.terminalcloud.inbox.Rounds;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.LatestSessions;
import dev.terminalcloud.routes.Probes;
import dev.terminalcloud.transaction.lifecycle.DeviceEventSteps;
import dev.terminalcloud.transaction.lifecycle.Discrepancies;
import dev.terminalcloud.transaction.lifecycle.DiscrepancyReason;
import dev.terminalcloud.transaction.lifecycle.Phase;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.lifecycle.TransactionTimes;
import dev.terminalcloud.transaction.pairings.PairingTable;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Applies the events of devices, of each device in their order.
 *
 * <p>It locks the devices of a batch first, all its transactions second and the pairings of its claims third, each in the
 * same order on every replica, so that replicas may wait for each other and never deadlock. Then it decides in memory, event by event,
 * and what has changed of transactions is written with one statement for each table, whatever the size of the batch; connections cost a few
 * statements for each round. Applying an event twice changes nothing.
 */
@ApplicationScoped
class DeviceEventHandler implements EventHandler<DeviceEvent> {
    private static final Set<Class<? extends Event>> HANDLED = Set.of(
            DeviceConnected.class,
            DeviceDisconnected.class,
            DeviceStatusChanged.class,
            DevicePonged.class,
            DeviceMessageUnreadable.class);

    private final DeviceRoutes routes;
    private final LatestSessions sessions;
    private final Probes probes;
    private final TransactionTable transactions;
    private final PairingTable pairings;
    private final DeviceEventSteps steps;
    private final Discrepancies discrepancies;
    private final TransactionTimes times;
    private final DeviceConnections connections;

    DeviceEventHandler(
            DeviceRoutes routes,
            LatestSessions sessions,
            Probes probes,
            TransactionTable transactions,
            PairingTable pairings,
            DeviceEventSteps steps,
            Discrepancies discrepancies,
            TransactionTimes times,
            DeviceConnections connections) {
        this.routes = routes;
        this.sessions = sessions;
        this.probes = probes;
        this.transactions = transactions;
        this.pairings = pairings;
        this.steps = steps;
        this.discrepancies = discrepancies;
        this.times = times;
        this.connections = connections;
    }

    @Override
    public boolean handles(Class<? extends Event> type) {
        return DeviceTransactionEvent.class.isAssignableFrom(type) || HANDLED.contains(type);
    }

    @Override
    public Uni<Void> handle(WriteTransaction write, List<ReceivedEvent<DeviceEvent>> received) {
        List<SessionEvent> events = received.stream()
                .map(ReceivedEvent::event)
                .map(SessionEvent.class::cast)
                .toList();
        return lockDevices(write, events)
                .chain(() -> transactions.lock(write, transactionsOf(events), devicesWithOpenTransactions(events)))
                .chain(found -> findRoutes(write, devicesOfClaims(events, found))
                        .chain(current -> pairings.lockCurrent(write.session(), claimedOf(events, found))
                                .chain(paired -> new Batch(
                                                write, publicationOf(received), new HashMap<>(current), found, paired)
                                        .apply(events))));
    }

    /** Locks the devices of the events, but those of prompts: a prompt decides nothing, and its transaction has a lock of its own. */
    private Uni<Void> lockDevices(WriteTransaction write, List<SessionEvent> events) {
        Set<String> devices = events.stream()
                .filter(event -> !(event instanceof TransactionProgressed))
                .map(SessionEvent::deviceId)
                .collect(Collectors.toSet());
        return devices.isEmpty() ? Uni.createFrom().voidItem() : routes.lockOnly(write.session(), devices);
    }

    private Uni<Map<String, DeviceRoute>> findRoutes(WriteTransaction write, Set<String> devices) {
        return devices.isEmpty() ? Uni.createFrom().item(Map.of()) : routes.find(write.session(), devices);
    }

    /** Returns the devices whose claims are answered with a command. No other event is; connecting or disconnecting loads a route itself. */
    private static Set<String> devicesOfClaims(List<SessionEvent> events, Map<UUID, Transaction> found) {
        return Rounds.ofType(TransactionClaimed.class, events).stream()
                .filter(claim -> found.containsKey(claim.transactionId()))
                .map(SessionEvent::deviceId)
                .collect(Collectors.toSet());
    }

    /** Of equal events, one that a device has repeated, the last counts. */
    private static Map<DeviceEvent, Instant> publicationOf(List<ReceivedEvent<DeviceEvent>> received) {
        Map<DeviceEvent, Instant> times = new HashMap<>();
        received.forEach(each -> times.put(each.event(), each.publishedAt()));
        return times;
    }

    private static Set<UUID> transactionsOf(List<SessionEvent> events) {
        return events.stream()
                .filter(DeviceTransactionEvent.class::isInstance)
                .map(event -> ((DeviceTransactionEvent) event).transactionId())
                .collect(Collectors.toSet());
    }

    private static List<Transaction> claimedOf(List<SessionEvent> events, Map<UUID, Transaction> found) {
        return Rounds.ofType(TransactionClaimed.class, events).stream()
                .map(TransactionClaimed::transactionId)
                .distinct()
                .filter(found::containsKey)
                .map(found::get)
                .toList();
    }

    /** Returns the devices whose events may be about any of their open transactions. */
    private static Set<String> devicesWithOpenTransactions(List<SessionEvent> events) {
        return events.stream()
                .filter(event -> event instanceof DeviceConnected || event instanceof DeviceMessageUnreadable)
                .map(SessionEvent::deviceId)
                .collect(Collectors.toSet());
    }

    /** The devices and transactions of one batch, locked. */
    private final class Batch {
        private final WriteTransaction write;
        private final Map<DeviceEvent, Instant> publishedAt;
        private final Map<String, DeviceRoute> current;
        private final Map<UUID, Transaction> found;
        private final Set<UUID> paired;

        /** @param paired those of the claimed transactions whose pairing has not ended */
        Batch(
                WriteTransaction write,
                Map<DeviceEvent, Instant> publishedAt,
                Map<String, DeviceRoute> current,
                Map<UUID, Transaction> found,
                Set<UUID> paired) {
            this.write = write;
            this.publishedAt = publishedAt;
            this.current = current;
            this.found = found;
            this.paired = paired;
        }

        Uni<Void> apply(List<SessionEvent> events) {
            Rounds.ofType(DeviceTransactionEvent.class, events).forEach(this::recordIfUnrelated);
            List<SessionEvent> related = events.stream()
                    .filter(event -> reasonIfUnrelated(event).isEmpty())
                    .toList();
            return Rounds.sequentially(Rounds.of(related, SessionEvent::deviceId), this::round);
        }

        private void recordIfUnrelated(DeviceTransactionEvent event) {
            reasonIfUnrelated(event).ifPresent(reason -> discrepancies.record(write, event, reason));
        }

        private Optional<DiscrepancyReason> reasonIfUnrelated(SessionEvent event) {
            if (!(event instanceof DeviceTransactionEvent about)) {
                return Optional.empty();
            }
            Transaction transaction = found.get(about.transactionId());
            if (transaction == null) {
                return Optional.of(DiscrepancyReason.UNKNOWN_TRANSACTION);
            }
            return transaction.deviceId().equals(event.deviceId())
                    ? Optional.empty()
                    : Optional.of(DiscrepancyReason.OTHER_DEVICE);
        }

        private Uni<Void> round(List<SessionEvent> round) {
            return connections
                    .disconnected(write, current, Rounds.ofType(DeviceDisconnected.class, round))
                    .chain(() -> connections.connected(
                            write, current, found.values(), Rounds.ofType(DeviceConnected.class, round)))
                    .chain(() ->
                            sessions.updateStatus(write.session(), Rounds.ofType(DeviceStatusChanged.class, round)))
                    .chain(() -> probes.recordAnswers(write.session(), Rounds.ofType(DevicePonged.class, round)))
                    .invoke(() -> {
                        Rounds.ofType(DeviceTransactionEvent.class, round).forEach(this::applyTransactionEvent);
                        Rounds.ofType(DeviceMessageUnreadable.class, round).forEach(this::applyUnreadable);
                    });
        }

        private void applyTransactionEvent(DeviceTransactionEvent event) {
            Transaction transaction = found.get(event.transactionId());
            Optional<DeviceRoute> route = Optional.ofNullable(current.get(event.deviceId()));
            if (event instanceof TransactionClaimed claim && !paired.contains(transaction.id())) {
                steps.applyClaimAfterUnpairing(write, transaction, claim, route);
                return;
            }
            boolean wasOpen = transaction.phase() != Phase.COMPLETED;
            steps.apply(write, transaction, event, route);
            if (wasOpen && transaction.phase() == Phase.COMPLETED) {
                times.answered(write, transaction, publishedAt.get(event));
            }
        }

        private void applyUnreadable(DeviceMessageUnreadable event) {
            steps.applyUnreadable(
                    write,
                    found.values().stream()
                            .filter(transaction -> transaction.deviceId().equals(event.deviceId()))
                            .filter(transaction -> transaction.phase() == Phase.STARTED
                                    && !transaction.state().wasNeverSeen())
                            .findFirst(),
                    event);
        }
    }
}
