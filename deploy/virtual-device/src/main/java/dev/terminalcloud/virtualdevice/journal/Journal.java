package dev.terminalcloud.virtualdevice.journal;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The device's durable memory of transactions and of its pairing, which survives power cuts.
 *
 * <p>Written by one thread at a time, readable by any. An entry is stored when {@code write} returns.
 */
public sealed interface Journal permits InMemoryJournal, FileJournal {

    Optional<JournalEntry> find(UUID transactionId);

    /** Returns a copy of all entries, oldest first. */
    Collection<JournalEntry> entries();

    /** Returns a copy of the entries that are not closed: open ones, and results that the cloud has not acknowledged. */
    Collection<JournalEntry> pending();

    /**
     * Adds the entry, or replaces the one with its id by a later state.
     *
     * @throws IllegalStateException when the state would be an earlier one
     */
    void write(JournalEntry entry);

    PairingState pairing();

    void write(PairingState pairing);

    /** Deletes everything: a misbehaviour, and the state of a new device. */
    void forget();
}
