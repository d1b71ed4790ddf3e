package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.DeviceStep;
import dev.terminalcloud.checker.history.HistoryEntry.Misbehaved;
import dev.terminalcloud.checker.history.HistoryEntry.Offered;
import dev.terminalcloud.checker.history.HistoryEntry.RequestEntry;
import dev.terminalcloud.checker.history.HistoryEntry.Stored;
import dev.terminalcloud.checker.history.HistoryEntry.TransactionEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A history, indexed by transaction and request. Immutable. */
public final class HistoryIndex {
    private static final String LOSES_JOURNAL = "ForgetJournal";
    private static final String ENDED = "acknowledged Finished";

    private final List<TimestampedEntry> entries;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<Integer, Set<UUID>> transactions = new HashMap<>();
    private final Map<String, Set<UUID>> offeredTo = new HashMap<>();
    private final Map<UUID, DeviceInterval> atDevices = new HashMap<>();
    private final List<TransactionHistory> histories;
    private final FaultWindows faultWindows;
    private final KnownPairings pairings;
    private final DeviceIncidents deviceIncidents;

    public HistoryIndex(List<TimestampedEntry> entries) {
        this.entries = entries;
        entries.forEach(stamped -> {
            connect(stamped.entry());
            follow(stamped);
        });
        this.histories = buildHistories();
        this.faultWindows = FaultWindows.of(entries);
        this.pairings = KnownPairings.of(entries);
        this.deviceIncidents = DeviceIncidents.of(entries);
    }

    KnownPairings pairings() {
        return pairings;
    }

    /** Returns the time until which registers followed their transactions. */
    long workloadEndNanos() {
        return entries.stream()
                .filter(stamped -> stamped.entry() instanceof HistoryEntry.WorkloadEnded)
                .mapToLong(TimestampedEntry::nanos)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    DeviceIncidents deviceIncidents() {
        return deviceIncidents;
    }

    FaultWindows faultWindows() {
        return faultWindows;
    }

    /** The histories of all transactions, and of all requests that are not known to have started one. */
    List<TransactionHistory> histories() {
        return histories;
    }

    /** The entries about the transaction or the request of a violation, to be printed. */
    public List<TimestampedEntry> entriesOf(Violation violation) {
        return entries.stream()
                .filter(stamped -> isAbout(stamped.entry(), violation))
                .toList();
    }

    /** The ids of the transactions that a request has started; more than one is a violation. */
    Set<UUID> transactionsOf(int number) {
        return transactions.getOrDefault(number, Set.of());
    }

    <E extends HistoryEntry> Stream<E> all(Class<E> kind) {
        return entries.stream()
                .map(TimestampedEntry::entry)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private void connect(HistoryEntry entry) {
        if (entry instanceof Answered answered && answered.transactionId() != null) {
            connect(answered.number(), answered.transactionId());
        } else if (entry instanceof Offered offered) {
            connect(offered.number(), offered.transactionId());
            offeredTo
                    .computeIfAbsent(offered.deviceId(), unused -> new HashSet<>())
                    .add(offered.transactionId());
        } else if (entry instanceof Stored stored && !stored.abandoned()) {
            connect(stored.number(), stored.transactionId());
        }
    }

    private void connect(int number, UUID transactionId) {
        numbers.put(transactionId, number);
        transactions.computeIfAbsent(number, unused -> new HashSet<>()).add(transactionId);
    }

    private void follow(TimestampedEntry stamped) {
        if (stamped.entry() instanceof Offered offered) {
            atDevices.putIfAbsent(
                    offered.transactionId(), new DeviceInterval(stamped.nanos(), Long.MAX_VALUE, stamped.nanos()));
        } else if (stamped.entry() instanceof DeviceStep step) {
            atDevices.computeIfPresent(step.transactionId(), (id, before) -> before.with(step, stamped.nanos()));
        }
    }

    private List<TransactionHistory> buildHistories() {
        Map<Object, List<TimestampedEntry>> sorted = new LinkedHashMap<>();
        for (TimestampedEntry stamped : entries) {
            subjectsOf(stamped).forEach(subject -> sorted.computeIfAbsent(subject, unused -> new ArrayList<>())
                    .add(stamped));
        }
        List<TransactionHistory> result = new ArrayList<>();
        sorted.forEach((subject, about) -> result.add(
                subject instanceof UUID id
                        ? new TransactionHistory(numbers.getOrDefault(id, 0), id, about)
                        : new TransactionHistory((Integer) subject, null, about)));
        return result;
    }

    /** A request that started a transaction is part of that transaction's history; a lost journal is part of all that were open then. */
    private Set<?> subjectsOf(TimestampedEntry stamped) {
        HistoryEntry entry = stamped.entry();
        if (entry instanceof Misbehaved misbehaved && misbehaved.what().contains(LOSES_JOURNAL)) {
            return forgotten(misbehaved, stamped.nanos());
        }
        if (entry instanceof TransactionEntry about) {
            return Set.of(about.transactionId());
        }
        if (entry instanceof RequestEntry about) {
            Set<UUID> started = transactionsOf(about.number());
            return started.isEmpty() ? Set.of(about.number()) : started;
        }
        return Set.of();
    }

    /**
     * Returns the transactions that a lost journal concerns. The device loses it at some step of this transaction: those that had ended
     * before and those that are offered later are not affected, except that a late offer of an ended one finds it forgotten.
     */
    private Set<UUID> forgotten(Misbehaved misbehaved, long nanos) {
        UUID during = misbehaved.transactionId();
        long until = atDevices.containsKey(during) ? atDevices.get(during).lastNanos() : Long.MAX_VALUE;
        Set<UUID> forgotten = new HashSet<>(Set.of(during));
        offeredTo.getOrDefault(misbehaved.deviceId(), Set.of()).stream()
                .filter(id -> atDevices.get(id).isOpenBetween(nanos, until))
                .forEach(forgotten::add);
        return forgotten;
    }

    /**
     * The time during which a device had a transaction.
     *
     * @param endedNanos the time at which the cloud had acknowledged the result
     * @param lastNanos the time of the device's last step
     */
    private record DeviceInterval(long offeredNanos, long endedNanos, long lastNanos) {
        DeviceInterval with(DeviceStep step, long nanos) {
            return new DeviceInterval(
                    offeredNanos, step.what().equals(ENDED) ? Math.min(endedNanos, nanos) : endedNanos, nanos);
        }

        boolean isOpenBetween(long from, long until) {
            return offeredNanos <= until && Math.max(endedNanos, lastNanos) >= from;
        }
    }

    private boolean isAbout(HistoryEntry entry, Violation violation) {
        if (entry instanceof TransactionEntry about) {
            return about.transactionId().equals(violation.transactionId())
                    || transactionsOf(violation.number()).contains(about.transactionId());
        }
        return entry instanceof RequestEntry about && about.number() == violation.number();
    }
}
