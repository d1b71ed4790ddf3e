package dev.terminalcloud.local.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * The newest events, numbered as they came, and whoever is told of the next ones: nobody misses one between the two, or gets one
 * twice. For any thread.
 */
final class RecentEvents {
    static final int MAX_EVENTS = 300;

    /** An event with its number, the first of a start being 1. */
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
     * Tells the listener of all kept events after this number, at once, and then of each as it comes.
     *
     * @param seen 0 for all; a number from an earlier start, greater than any of this one, is 0 as well
     * @param listener must not wait
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
