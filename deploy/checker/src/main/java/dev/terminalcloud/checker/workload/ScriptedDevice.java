package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.connection.Backoff;
import dev.terminalcloud.virtualdevice.journal.JournalEntry;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** A device that follows the plans of its transactions, and records its messages and actions. Thread-safe. */
public final class ScriptedDevice implements AutoCloseable {
    private static final Backoff RECONNECT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
    private static final Extras EXTRAS = new Extras(7, 100);
    private static final Timing TIMING = new Timing(
            Timing.PROTOCOL.claimEvery(),
            Timing.PROTOCOL.grantTimeout(),
            Timing.PROTOCOL.acknowledgementLimit(),
            Duration.ZERO,
            RECONNECT);

    private final String id;
    private final History history;
    private final IntFunction<Plan> plans;
    private final VirtualDevice device;

    /** Accessed by the device's own event sequence only. */
    private final Set<UUID> offered = new HashSet<>();

    /** @param plans returns the plan for the number of a request */
    public ScriptedDevice(
            String id,
            String secret,
            URI cloud,
            IntFunction<Plan> plans,
            ScheduledExecutorService threads,
            History history) {
        this.id = id;
        this.history = history;
        this.plans = plans;
        this.device = VirtualDevice.builder()
                .id(id)
                .secret(secret)
                .cloud(cloud)
                .timing(TIMING)
                .extras(EXTRAS)
                .behaviour(this::behaviour)
                .scheduler(threads)
                .watcher(this::watch)
                .build();
    }

    String id() {
        return id;
    }

    void start() {
        device.start();
    }

    /** Requests a pairing code and returns the newest one; empty if none arrives in time. */
    Optional<String> pairingCode(Duration atMost) throws InterruptedException {
        try {
            String code =
                    device.requestPairingCode().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return device.shownPairingCode().or(() -> Optional.of(code));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    void powerOff() {
        device.powerOff();
    }

    void powerOn() {
        device.powerOn();
    }

    void unplug() {
        history.record(new HistoryEntry.DeviceConnectivity(id, "unplugged"));
        device.unplugNetwork();
    }

    void plug() {
        history.record(new HistoryEntry.DeviceConnectivity(id, "plugged"));
        device.plugNetwork();
    }

    /** Ends the running payment, if any, as the customer does. */
    void endPayment(Ending ending) {
        device.endPayment(ending);
    }

    /** Returns whether no transaction runs and the cloud has acknowledged all reports. */
    boolean allEnded() {
        return device.journal().pending().isEmpty();
    }

    /** Records the payments that the device has shown, and its journal; for the end of a run. */
    void recordFinalState() {
        device.shownPayments().forEach(ran -> history.record(new HistoryEntry.PaymentShown(id, ran.transactionId())));
        device.journal().entries().forEach(this::recordJournalState);
    }

    private void recordJournalState(JournalEntry entry) {
        TransactionOutcome outcome =
                entry instanceof JournalEntry.Finished finished ? TransactionOutcome.of(finished.report()) : null;
        history.record(new HistoryEntry.Journalled(
                id, entry.transactionId(), entry.state().name(), outcome));
    }

    @Override
    public void close() {
        device.close();
    }

    private Behaviour behaviour(Offer offer) {
        Behaviour behaviour = plan(offer).behaviour();
        behaviour.misbehaviours().stream()
                .filter(what -> !isAllowed(what))
                .forEach(what ->
                        history.record(new HistoryEntry.Misbehaved(id, offer.transactionId(), what.toString())));
        return behaviour;
    }

    private static boolean isAllowed(Misbehaviour what) {
        return what instanceof Misbehaviour.AnswerLate || what instanceof Misbehaviour.RefuseCancel;
    }

    private Plan plan(Offer offer) {
        return plans.apply(numberOf(offer));
    }

    private static int numberOf(Offer offer) {
        return Start.numberOf(offer.amountTotal(), offer.saleData());
    }

    private void watch(Activity activity) {
        if (activity instanceof Activity.Received received
                && received.message() instanceof CloudMessage.TransactionCommand about) {
            received(about);
        } else if (activity instanceof Activity.Sent sent
                && sent.message() instanceof DeviceMessage.TransactionUpdate about) {
            sent(about);
        } else if (activity instanceof Activity.Acknowledged acknowledged
                && acknowledged.message() instanceof DeviceMessage.TransactionUpdate about) {
            step(about.transactionId(), "acknowledged " + nameOf(about));
        } else if (activity instanceof Activity.ConnectionLost lost) {
            history.record(new HistoryEntry.DeviceConnectivity(id, "lost its connection: " + lost.reason()));
        } else if (isOfPowerOrConnection(activity)) {
            history.record(new HistoryEntry.DeviceConnectivity(id, nameOf(activity)));
        }
    }

    private static boolean isOfPowerOrConnection(Activity activity) {
        return activity instanceof Activity.Connected
                || activity instanceof Activity.PowerOn
                || activity instanceof Activity.PowerOff;
    }

    private void received(CloudMessage.TransactionCommand message) {
        if (message instanceof Offer offer && offered.add(offer.transactionId())) {
            history.record(new HistoryEntry.Offered(id, offer.transactionId(), numberOf(offer)));
        } else {
            step(message.transactionId(), "received " + nameOf(message));
        }
    }

    private void sent(DeviceMessage.TransactionUpdate message) {
        if (message instanceof DeviceMessage.Finished finished) {
            history.record(new HistoryEntry.DeviceReported(
                    id, finished.transactionId(), TransactionOutcome.of(finished.report())));
        } else {
            step(message.transactionId(), "sent " + nameOf(message));
        }
    }

    private void step(UUID transactionId, String what) {
        history.record(new HistoryEntry.DeviceStep(id, transactionId, what));
    }

    private static String nameOf(Object value) {
        return value.getClass().getSimpleName();
    }
}
