package dev.terminalcloud.virtualdevice.journal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A journal in memory for tests and load: it survives {@code powerOff}, but not the process. */
public final class InMemoryJournal implements Journal {
    private final Map<UUID, JournalEntry> entries = new LinkedHashMap<>();
    private final Map<UUID, JournalEntry> pending = new LinkedHashMap<>();
    private PairingState pairing = PairingState.none();

    @Override
    public synchronized Optional<JournalEntry> find(UUID transactionId) {
        return Optional.ofNullable(entries.get(transactionId));
    }

    @Override
    public synchronized Collection<JournalEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized Collection<JournalEntry> pending() {
        return List.copyOf(pending.values());
    }

    @Override
    public synchronized void write(JournalEntry entry) {
        checkForward(entry);
        entries.put(entry.transactionId(), entry);
        if (entry.isClosed()) {
            pending.remove(entry.transactionId());
        } else {
            pending.put(entry.transactionId(), entry);
        }
    }

    /** Checks an entry; throws when {@link #write(JournalEntry)} would. */
    synchronized void checkForward(JournalEntry entry) {
        JournalEntry known = entries.get(entry.transactionId());
        if (known != null && !known.state().mayBecome(entry.state())) {
            throw new IllegalStateException("Transaction %s is %s and can't become %s"
                    .formatted(entry.transactionId(), known.state(), entry.state()));
        }
    }

    @Override
    public synchronized PairingState pairing() {
        return pairing;
    }

    @Override
    public synchronized void write(PairingState newest) {
        pairing = newest;
    }

    @Override
    public synchronized void forget() {
        entries.clear();
        pending.clear();
        pairing = PairingState.none();
    }
}
