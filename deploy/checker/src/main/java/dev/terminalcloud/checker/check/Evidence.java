package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.history.Entry;
import dev.terminalcloud.checker.history.Entry.Answered;
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

    private final List<Stamped> entries;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<Integer, Set<UUID>> transactions = new HashMap<>();
    private final Map<String, Set<UUID>> offeredTo = new HashMap<>();
    private final List<Story> stories;

    public Evidence(List<Stamped> entries) {
        this.entries = entries;
        entries.forEach(stamped -> connect(stamped.entry()));
        this.stories = tell();
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

    private List<Story> tell() {
        Map<Object, List<Stamped>> sorted = new LinkedHashMap<>();
        for (Stamped stamped : entries) {
            subjectsOf(stamped.entry()).forEach(subject -> sorted.computeIfAbsent(subject, unused -> new ArrayList<>())
                    .add(stamped));
        }
        List<Story> told = new ArrayList<>();
        sorted.forEach((subject, about) -> told.add(
                subject instanceof UUID id
                        ? new Story(numbers.getOrDefault(id, 0), id, about)
                        : new Story((Integer) subject, null, about)));
        return told;
    }

    /** A request that started a transaction is part of that transaction's story; what a device forgets is of all that it had. */
    private Set<?> subjectsOf(Entry entry) {
        if (entry instanceof Misbehaved misbehaved && misbehaved.what().contains(FORGETS)) {
            return offeredTo.getOrDefault(misbehaved.deviceId(), Set.of(misbehaved.transactionId()));
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

    private boolean isAbout(Entry entry, Violation violation) {
        if (entry instanceof OfTransaction about) {
            return about.transactionId().equals(violation.transactionId())
                    || transactionsOf(violation.number()).contains(about.transactionId());
        }
        return entry instanceof OfRequest about && about.number() == violation.number();
    }
}
