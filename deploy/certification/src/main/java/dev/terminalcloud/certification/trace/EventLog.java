package dev.terminalcloud.certification.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A record of events in their order, which others can wait for. Thread-safe. */
public final class EventLog<E> {
    private final List<E> entries = new ArrayList<>();

    public synchronized void add(E entry) {
        entries.add(entry);
        notifyAll();
    }

    /** Returns the current end of the log: later entries come after this mark. */
    public synchronized int mark() {
        return entries.size();
    }

    /** Returns the entries after the mark. */
    public synchronized List<E> since(int mark) {
        return List.copyOf(entries.subList(mark, entries.size()));
    }

    /** Returns the entries of one kind after the mark. */
    public <T extends E> Stream<T> since(int mark, Class<T> kind) {
        return since(mark).stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Returns all entries of one kind. */
    public <T extends E> Stream<T> all(Class<T> kind) {
        return since(0, kind);
    }

    /** Waits for the first such entry after the mark; empty if none arrives in time. */
    public <T extends E> Optional<T> await(int mark, Class<T> kind, Predicate<T> sought, Duration atMost)
            throws InterruptedException {
        return await(() -> since(mark, kind).filter(sought).findFirst(), atMost);
    }

    /** Waits until the query finds something, repeated with each new entry; empty if it finds nothing in time. */
    public synchronized <T> Optional<T> await(Supplier<Optional<T>> query, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = query.get();
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
