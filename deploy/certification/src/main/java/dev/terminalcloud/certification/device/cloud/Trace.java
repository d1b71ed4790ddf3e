package dev.terminalcloud.certification.device.cloud;

import dev.terminalcloud.certification.device.cloud.TraceEntry.Acknowledged;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.ConnectionEntry;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Disconnected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.trace.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All events between the device and the cloud, in their order. Thread-safe. */
public final class Trace {
    private final EventLog<TraceEntry> log = new EventLog<>();

    public void add(TraceEntry entry) {
        log.add(entry);
    }

    /** Returns the current end of the trace: later entries come after this mark. */
    public int mark() {
        return log.mark();
    }

    public List<TraceEntry> since(int mark) {
        return log.since(mark);
    }

    public <E extends TraceEntry> Stream<E> since(int mark, Class<E> kind) {
        return log.since(mark, kind);
    }

    public <E extends TraceEntry> Stream<E> all(Class<E> kind) {
        return log.all(kind);
    }

    /** Returns the messages of the device about this transaction, in their order. */
    public Stream<MessageReceived> messagesAbout(String transactionId) {
        return all(MessageReceived.class).filter(message -> message.isAbout(transactionId));
    }

    /** Waits for the first such entry after the mark; empty if none arrives in time. */
    public <E extends TraceEntry> Optional<E> await(int mark, Class<E> kind, Predicate<E> sought, Duration atMost)
            throws InterruptedException {
        return log.await(mark, kind, sought, atMost);
    }

    /** Waits until the query finds something in the trace, repeated with each new entry; empty if it finds nothing in time. */
    public <T> Optional<T> await(Function<Trace, Optional<T>> query, Duration atMost) throws InterruptedException {
        return log.await(() -> query.apply(this), atMost);
    }

    /** Returns the open connection, if the device has sent hello on it. */
    public Optional<Connected> open() {
        return all(Connected.class)
                .reduce((earlier, later) -> later)
                .filter(newest -> !hasEnded(newest.connection()))
                .filter(newest -> of(newest.connection(), MessageReceived.class)
                        .anyMatch(message -> message.type().equals("hello")));
    }

    private boolean hasEnded(int connection) {
        return of(connection, Disconnected.class).findAny().isPresent();
    }

    /** Returns whether the device acknowledged this command. */
    public boolean isAcknowledged(TraceEntry.CommandSent command) {
        return of(command.connection(), Acknowledged.class).anyMatch(entry -> entry.messageId() == command.messageId());
    }

    /** Returns the mark before the first entry of this connection or a later one; the end without such an entry. */
    public int firstOf(int connection) {
        List<TraceEntry> entries = log.since(0);
        int mark = 0;
        while (mark < entries.size()
                && !(entries.get(mark) instanceof ConnectionEntry entry && entry.connection() >= connection)) {
            mark++;
        }
        return mark;
    }

    /** Returns the entries of one connection. */
    public <E extends ConnectionEntry> Stream<E> of(int connection, Class<E> kind) {
        return all(kind).filter(entry -> entry.connection() == connection);
    }
}
