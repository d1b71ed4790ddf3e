package dev.terminalcloud.checker.history;

/**
 * An entry with its time.
 *
 * @param nanos the time by the checker's monotonic clock; it increases with each entry
 * @param millis the time in milliseconds since 1970
 */
public record TimestampedEntry(long nanos, long millis, HistoryEntry entry) {}
