package dev.terminalcloud.checker.check;

import dev.terminalcloud.checker.check.KnownPairings.Pairing;
import dev.terminalcloud.checker.history.HistoryEntry.Offered;
import java.util.stream.Stream;

/** A pairing counts from its answer on, and so does its end. */
final class PairingRules {
    private PairingRules() {}

    static Stream<Violation> elsewhere(HistoryIndex index) {
        return index.all(Offered.class).flatMap(offered -> index.pairings().at(offered.number()).stream()
                .filter(pairing ->
                        pairing.deviceId() != null && !pairing.deviceId().equals(offered.deviceId()))
                .map(pairing -> new Violation(
                        Rule.START_FOLLOWS_PAIRING.name(),
                        offered.number(),
                        offered.transactionId(),
                        "its register was paired with %s, and it was offered to %s"
                                .formatted(pairing.deviceId(), offered.deviceId()))));
    }

    static Stream<Violation> acceptedUnpaired(HistoryIndex index) {
        return index.histories().stream()
                .filter(TransactionHistory::isAccepted)
                .filter(transaction -> index.pairings()
                        .at(transaction.number())
                        .filter(pairing -> pairing.deviceId() == null)
                        .isPresent())
                .map(transaction -> transaction.violates(
                        Rule.ENDED_PAIRING_IS_REFUSED.name(),
                        "it was accepted after another register had been paired with its device"));
    }

    static Stream<Violation> unreachableAlthoughOnline(HistoryIndex index) {
        return index.histories().stream()
                .filter(transaction -> !transaction.has(Offered.class) && wasNeverRun(transaction))
                .filter(transaction -> index.pairings()
                        .at(transaction.number())
                        .filter(pairing -> wasReachable(index, transaction, pairing))
                        .isPresent())
                .map(transaction -> transaction.violates(
                        Rule.ONLINE_DEVICE_IS_REACHED.name(),
                        "it ended as FAILED-INTERFACE, and its device was connected all the time and got no offer"));
    }

    private static boolean wasNeverRun(TransactionHistory transaction) {
        return transaction
                .shownOutcome()
                .filter(shown -> shown.result().equals("FAILED-INTERFACE"))
                .isPresent();
    }

    private static boolean wasReachable(HistoryIndex index, TransactionHistory transaction, Pairing pairing) {
        long shown = transaction.observations().stream()
                .filter(Observation::isCompleted)
                .findFirst()
                .orElseThrow()
                .receivedNanos();
        return pairing.deviceId() != null
                && index.pairings().stayedOnline(pairing, shown)
                && index.faultWindows().millisBetween(transaction.firstMillis(), transaction.lastMillis()) == 0;
    }
}
