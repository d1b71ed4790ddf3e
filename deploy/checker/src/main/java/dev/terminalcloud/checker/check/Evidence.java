package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.Entry;
import dev.terminalcloud.checker.history.Entry.Answered;
import dev.terminalcloud.checker.history.Entry.DeviceStep;
import dev.terminalcloud.checker.history.Entry.Misbehaved;
import dev.terminalcloud.checker.history.Entry.OfRequest;
import dev.terminalcloud.checker.history.Entry.OfTransaction;
import dev.terminalcloud.checker.history.Entry.Offered;
import dev.terminalcloud.checker.history.Entry.Stored;
import dev.terminalcloud.checker.history.Stamped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A history, sorted by what it is about. Immutable. */
public final class Evidence {
    private static final String FORGETS = "ForgetJournal";
    private static final String SETTLED = "acknowledged Finished";

    private final List<Stamped> entries;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<Integer, Set<UUID>> transactions = new HashMap<>();
    private final Map<String, Set<UUID>> offeredTo = new HashMap<>();
    private final Map<UUID, AtDevice> atDevices = new HashMap<>();
    private final List<Story> stories;
    private final Troubles troubles;

    public Evidence(List<Stamped> entries) {
        this.entries = entries;
        entries.forEach(stamped -> {
            connect(stamped.entry());
            follow(stamped);
        });
        this.stories = tell();
        this.troubles = Troubles.of(entries);
    }

    Troubles troubles() {
        return troubles;
    }

    /** Each transaction, and each request that is not known to have started one. */
    List<Story> stories() {
        return stories;
    }

    /** The story of a transaction or a request, for showing. */
    public List<Stamped> entriesOf(Violation violation) {
        return entries.stream()
                .filter(stamped -> isAbout(stamped.entry(), violation))
                .toList();
    }

    /** The ids of the transactions that a request has started: one or none, or else something is wrong. */
    Set<UUID> transactionsOf(int number) {
        return transactions.getOrDefault(number, Set.of());
    }

    <E extends Entry> Stream<E> all(Class<E> kind) {
        return entries.stream().map(Stamped::entry).filter(kind::isInstance).map(kind::cast);
    }

    private void connect(Entry entry) {
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

    private void follow(Stamped stamped) {
        if (stamped.entry() instanceof Offered offered) {
            atDevices.putIfAbsent(
                    offered.transactionId(), new AtDevice(stamped.nanos(), Long.MAX_VALUE, stamped.nanos()));
        } else if (stamped.entry() instanceof DeviceStep step) {
            atDevices.computeIfPresent(step.transactionId(), (id, before) -> before.with(step, stamped.nanos()));
        }
    }

    private List<Story> tell() {
        Map<Object, List<Stamped>> sorted = new LinkedHashMap<>();
        for (Stamped stamped : entries) {
            subjectsOf(stamped).forEach(subject -> sorted.computeIfAbsent(subject, unused -> new ArrayList<>())
                    .add(stamped));
        }
        List<Story> told = new ArrayList<>();
        sorted.forEach((subject, about) -> told.add(
                subject instanceof UUID id
                        ? new Story(numbers.getOrDefault(id, 0), id, about)
                        : new Story((Integer) subject, null, about)));
        return told;
    }

    /** A request that started a transaction is part of that transaction's story; what a device forgets is of all that it had then. */
    private Set<?> subjectsOf(Stamped stamped) {
        Entry entry = stamped.entry();
        if (entry instanceof Misbehaved misbehaved && misbehaved.what().contains(FORGETS)) {
            return forgotten(misbehaved, stamped.nanos());
        }
        if (entry instanceof OfTransaction about) {
            return Set.of(about.transactionId());
        }
        if (entry instanceof OfRequest about) {
            Set<UUID> started = transactionsOf(about.number());
            return started.isEmpty() ? Set.of(about.number()) : started;
        }
        return Set.of();
    }

    /** It forgets at some step of this transaction: what it has settled before is settled, and what comes after is not forgotten. */
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
     * When a device had a transaction.
     *
     * @param settledNanos when the cloud had acknowledged how it ended
     * @param lastNanos when the device had to do with it for the last time
     */
    private record AtDevice(long offeredNanos, long settledNanos, long lastNanos) {
        AtDevice with(DeviceStep step, long nanos) {
            return new AtDevice(
                    offeredNanos, step.what().equals(SETTLED) ? Math.min(settledNanos, nanos) : settledNanos, nanos);
        }

        boolean isOpenBetween(long from, long until) {
            return offeredNanos <= until && settledNanos >= from;
        }
    }

    private boolean isAbout(Entry entry, Violation violation) {
        if (entry instanceof OfTransaction about) {
            return about.transactionId().equals(violation.transactionId())
                    || transactionsOf(violation.number()).contains(about.transactionId());
        }
        return entry instanceof OfRequest about && about.number() == violation.number();
    }
}
