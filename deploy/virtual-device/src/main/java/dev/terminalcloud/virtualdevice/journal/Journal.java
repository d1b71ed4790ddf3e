package dev.terminalcloud.virtualdevice.journal;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The device's memory of transactions and of its pairing, which no power cut takes away.
 *
 * <p>Written by one thread at a time, readable by any. What a call to {@code write} was given is kept when it returns.
 */
public sealed interface Journal permits InMemoryJournal, FileJournal {

    Optional<JournalEntry> find(UUID transactionId);

    /** A copy of all entries, oldest first. */
    Collection<JournalEntry> entries();

    /** A copy of those that the device or the cloud still waits for: open ones, and results nobody acknowledged. */
    Collection<JournalEntry> pending();

    /**
     * Adds the entry, or moves the one with its id forward.
     *
     * @throws IllegalStateException when that would move it backwards
     */
    void write(JournalEntry entry);

    PairingState pairing();

    void write(PairingState pairing);

    /** Loses everything: a misbehaviour, and a new device's beginning. */
    void forget();
}
