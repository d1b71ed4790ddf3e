package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All events of a run in their order: in memory, and as one line of JSON each in a file. Thread-safe. */
public final class History implements AutoCloseable {
    private static final JsonMapper JSON =
            JsonMapper.builder().registerSubtypes(kinds(HistoryEntry.class)).build();

    private final List<TimestampedEntry> entries = new ArrayList<>();
    private final BufferedWriter file;

    public History(Path file) {
        try {
            this.file = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to write the history to " + file, e);
        }
    }

    private static Class<?>[] kinds(Class<?> family) {
        return Stream.of(family.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? Stream.of(kinds(kind)) : Stream.of(kind))
                .toArray(Class<?>[]::new);
    }

    /** Reads the history of an earlier run. */
    public static List<TimestampedEntry> read(Path file) throws IOException {
        List<TimestampedEntry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            entries.add(JSON.readValue(line, TimestampedEntry.class));
        }
        return entries;
    }

    public synchronized void record(HistoryEntry entry) {
        TimestampedEntry stamped = new TimestampedEntry(System.nanoTime(), System.currentTimeMillis(), entry);
        entries.add(stamped);
        try {
            file.write(JSON.writeValueAsString(stamped));
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a copy of all entries. */
    public synchronized List<TimestampedEntry> entries() {
        return List.copyOf(entries);
    }

    /** Returns a copy of the entries from this index on, counted from 0. */
    public synchronized List<TimestampedEntry> entriesFrom(int first) {
        return List.copyOf(entries.subList(first, entries.size()));
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
