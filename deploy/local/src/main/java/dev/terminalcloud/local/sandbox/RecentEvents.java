package dev.terminalcloud.local.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * The newest events, numbered in the order of their arrival, and the listeners for new ones. A listener misses no event between the two
 * and gets none twice. Thread-safe.
 */
final class RecentEvents {
    static final int MAX_EVENTS = 300;

    /** An event with its number; the first event since the start has 1. */
    record Numbered(long number, FeedEvent event) {}

    private final Deque<Numbered> newest = new ArrayDeque<>();
    private final Set<Consumer<Numbered>> listeners = new CopyOnWriteArraySet<>();
    private long last;

    synchronized void add(FeedEvent event) {
        Numbered numbered = new Numbered(++last, event);
        newest.addLast(numbered);
        if (newest.size() > MAX_EVENTS) {
            newest.removeFirst();
        }
        listeners.forEach(listener -> listener.accept(numbered));
    }

    /**
     * Passes all stored events after this number to the listener, at once, and then each new one.
     *
     * @param seen 0 for all; a number from an earlier start, greater than any of this one, counts as 0
     * @param listener must not block
     */
    synchronized void listen(long seen, Consumer<Numbered> listener) {
        long from = seen > last ? 0 : seen;
        newest.stream().filter(kept -> kept.number() > from).forEach(listener);
        listeners.add(listener);
    }

    void remove(Consumer<Numbered> listener) {
        listeners.remove(listener);
    }
}
