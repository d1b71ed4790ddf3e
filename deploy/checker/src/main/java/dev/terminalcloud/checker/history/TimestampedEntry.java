package dev.terminalcloud.checker.history;

/**
 * An entry with its time.
 *
 * @param nanos of the checker's monotonic clock: later entries have greater ones
 * @param millis since 1970
 */
public record TimestampedEntry(long nanos, long millis, HistoryEntry entry) {}
