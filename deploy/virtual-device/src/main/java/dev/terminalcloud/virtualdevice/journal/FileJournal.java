package dev.terminalcloud.virtualdevice.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.terminalcloud.virtualdevice.protocol.SealedFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * A journal in a file: append-only, one JSON object a line, on the disk before {@code write} returns.
 *
 * <p>A last line without its line feed was cut off by a kill while it was written, so no message depended on it: it is
 * removed. Any other malformed line stops the device. The file is locked: one device, one process.
 */
public final class FileJournal implements Journal, AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .registerSubtypes(SealedFamily.namedRecords(JournalEntry.class))
            .registerSubtypes(SealedFamily.namedRecords(PairingState.class))
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.NON_NULL))
            .build();

    private final FileChannel file;
    private final InMemoryJournal contents;

    private FileJournal(FileChannel file, InMemoryJournal contents) {
        this.file = file;
        this.contents = contents;
    }

    /** A line of the file: an entry or the pairing. */
    private record Line(JournalEntry entry, PairingState pairing) {}

    /**
     * Opens the journal, or creates one.
     *
     * @throws UncheckedIOException when the file can't be read or written
     * @throws IllegalStateException when another device has it open, or when it is corrupt
     */
    public static FileJournal open(Path path) {
        try {
            Path absolute = path.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            FileChannel file = FileChannel.open(
                    absolute, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return open(absolute, file);
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to open the journal " + path, e);
        }
    }

    private static FileJournal open(Path path, FileChannel file) throws IOException {
        boolean opened = false;
        try {
            lock(file, path);
            FileJournal journal = new FileJournal(file, replay(file));
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        boolean locked;
        try {
            locked = file.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            locked = false;
        }
        if (!locked) {
            throw new IllegalStateException("Journal in use by another device: " + path);
        }
    }

    private static InMemoryJournal replay(FileChannel file) throws IOException {
        // Through the locked channel: POSIX releases the lock when another channel of the same file is closed.
        byte[] bytes = Channels.newInputStream(file).readAllBytes();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        file.truncate(end);
        file.position(end);
        InMemoryJournal contents = new InMemoryJournal();
        new String(bytes, 0, end, UTF_8).lines().forEach(line -> apply(line, contents));
        return contents;
    }

    private static void apply(String json, InMemoryJournal contents) {
        try {
            Line line = MAPPER.readValue(json, Line.class);
            if (line.entry() != null) {
                contents.write(line.entry());
            }
            if (line.pairing() != null) {
                contents.write(line.pairing());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Corrupt journal: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Optional<JournalEntry> find(UUID transactionId) {
        return contents.find(transactionId);
    }

    @Override
    public Collection<JournalEntry> entries() {
        return contents.entries();
    }

    @Override
    public Collection<JournalEntry> pending() {
        return contents.pending();
    }

    @Override
    public void write(JournalEntry entry) {
        contents.checkForward(entry);
        append(new Line(entry, null));
        contents.write(entry);
    }

    @Override
    public PairingState pairing() {
        return contents.pairing();
    }

    @Override
    public void write(PairingState pairing) {
        append(new Line(null, pairing));
        contents.write(pairing);
    }

    @Override
    public void forget() {
        try {
            file.truncate(0);
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contents.forget();
    }

    private synchronized void append(Line line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((MAPPER.writeValueAsString(line) + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Releases the file for another process. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
