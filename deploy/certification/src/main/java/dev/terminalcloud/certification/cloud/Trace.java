package dev.terminalcloud.certification.cloud;

import dev.terminalcloud.certification.cloud.TraceEntry.Acknowledged;
import dev.terminalcloud.certification.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.cloud.TraceEntry.ConnectionEntry;
import dev.terminalcloud.certification.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.cloud.TraceEntry.MessageReceived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that happened between the device and the cloud, in its order. Safe for use by many threads. */
public final class Trace {
    private final List<TraceEntry> entries = new ArrayList<>();

    public synchronized void add(TraceEntry entry) {
        entries.add(entry);
        notifyAll();
    }

    /** A place in the trace: what is added later comes after it. */
    public synchronized int mark() {
        return entries.size();
    }

    public synchronized List<TraceEntry> since(int mark) {
        return List.copyOf(entries.subList(mark, entries.size()));
    }

    public <E extends TraceEntry> Stream<E> since(int mark, Class<E> kind) {
        return since(mark).stream().filter(kind::isInstance).map(kind::cast);
    }

    public <E extends TraceEntry> Stream<E> all(Class<E> kind) {
        return since(0, kind);
    }

    /** What the device said of that transaction, in its order. */
    public Stream<MessageReceived> said(String transactionId) {
        return all(MessageReceived.class).filter(said -> said.isAbout(transactionId));
    }

    /** The first such entry after the mark, waited for; empty when it does not come in time. */
    public <E extends TraceEntry> Optional<E> await(int mark, Class<E> kind, Predicate<E> sought, Duration atMost)
            throws InterruptedException {
        return await(trace -> trace.since(mark, kind).filter(sought).findFirst(), atMost);
    }

    /** What the question finds in the trace, asked again with each entry; empty when it finds nothing in time. */
    public synchronized <T> Optional<T> await(Function<Trace, Optional<T>> question, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = question.apply(this);
            long left = end - System.nanoTime();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** The connection that is open and on which the device has greeted. */
    public Optional<Connected> open() {
        return all(Connected.class)
                .reduce((earlier, later) -> later)
                .filter(newest -> !hasEnded(newest.connection()))
                .filter(newest -> of(newest.connection(), MessageReceived.class)
                        .anyMatch(said -> said.type().equals("hello")));
    }

    private boolean hasEnded(int connection) {
        return of(connection, Disconnected.class).findAny().isPresent();
    }

    /** Whether the device acknowledged that command. */
    public boolean isAcknowledged(TraceEntry.CommandSent command) {
        return of(command.connection(), Acknowledged.class).anyMatch(entry -> entry.messageId() == command.messageId());
    }

    /** The place before the first entry of that connection or a later one; the end if there is none. */
    public synchronized int firstOf(int connection) {
        int mark = 0;
        while (mark < entries.size()
                && !(entries.get(mark) instanceof ConnectionEntry entry && entry.connection() >= connection)) {
            mark++;
        }
        return mark;
    }

    /** What happened on one connection. */
    public <E extends ConnectionEntry> Stream<E> of(int connection, Class<E> kind) {
        return all(kind).filter(entry -> entry.connection() == connection);
    }
}
