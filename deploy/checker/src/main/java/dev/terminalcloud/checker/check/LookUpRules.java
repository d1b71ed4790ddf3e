package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry.Answered;
import dev.terminalcloud.checker.history.HistoryEntry.LookedUp;
import dev.terminalcloud.checker.history.HistoryEntry.Offered;
import dev.terminalcloud.checker.history.HistoryEntry.PhaseTimes;
import dev.terminalcloud.checker.history.HistoryEntry.Stored;
import dev.terminalcloud.checker.history.TimestampedEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Rules about look-ups of transactions by the register's own reference, which is different for each request. */
final class LookUpRules {
    private static final int OK = 200;

    /** The database commits after the time that it stores; on a busy machine, or in a fault, seconds after it. */
    private static final long COMMIT_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private LookUpRules() {}

    static Stream<Violation> inexact(HistoryIndex index) {
        boolean readsDatabase = index.all(Stored.class).findAny().isPresent();
        return index.histories().stream().flatMap(transaction -> transaction.entries().stream()
                .filter(stamped -> stamped.entry() instanceof LookedUp lookUp && lookUp.status() == OK)
                .flatMap(stamped -> inexact(index, transaction, stamped, readsDatabase).stream())
                .map(what -> transaction.violates(Rule.LOOK_UPS_ARE_EXACT.name(), what)));
    }

    private static Optional<String> inexact(
            HistoryIndex index, TransactionHistory transaction, TimestampedEntry stamped, boolean readsDatabase) {
        LookedUp lookUp = (LookedUp) stamped.entry();
        List<String> found = lookUp.transactions().stream()
                .map(shown -> shown.path("transactionId").asText())
                .toList();
        if (!found.contains(String.valueOf(transaction.transactionId())) && wasStarted(transaction, lookUp, stamped)) {
            return Optional.of("not found with its reference");
        }
        List<String> started = index.transactionsOf(lookUp.number()).stream()
                .map(Object::toString)
                .toList();
        if (found.stream().distinct().count() < found.size() || (readsDatabase && !started.containsAll(found))) {
            return Optional.of("%s found with the reference, which started %s".formatted(found, started));
        }
        return lookUp.transactions().stream()
                .filter(shown -> !hasReference(shown, lookUp.number()))
                .findFirst()
                .map(shown ->
                        "found with another reference, " + shown.path("data").path("POSReferenceID"));
    }

    private static boolean hasReference(JsonNode shown, int number) {
        return shown.path("data").path("POSReferenceID").asText().endsWith("-" + number);
    }

    /** Returns whether it was certainly started before the look-up: its register or its device knew it, or the database's clock says so. */
    private static boolean wasStarted(TransactionHistory transaction, LookedUp lookUp, TimestampedEntry stamped) {
        long asked = lookUp.askedNanos();
        boolean known = transaction.entries().stream()
                .anyMatch(before -> before.nanos() < asked
                        && (before.entry() instanceof Offered
                                || (before.entry() instanceof Answered answered && answered.status() == OK)));
        long askedMillis = stamped.millis() - TimeUnit.NANOSECONDS.toMillis(stamped.nanos() - asked);
        return known
                || transaction
                        .all(PhaseTimes.class)
                        .anyMatch(times -> times.acceptedMillis() + COMMIT_MILLIS < askedMillis);
    }
}
