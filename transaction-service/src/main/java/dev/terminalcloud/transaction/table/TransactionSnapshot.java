package dev.terminalcloud.transaction.table;

import dev.terminalcloud.transaction.lifecycle.Transaction;
import java.time.Instant;

/**
 * The state of a transaction as it was read.
 *
 * @param transaction read-only
 * @param readAt when it was read, by the database's clock
 */
public record TransactionSnapshot(Transaction transaction, Instant readAt) {}
