package dev.terminalcloud.checker.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about {@code Delivery}: how far a request has certainly got. Histories of systems that do not show it break none. */
final class DeliveryRules {
    private static final List<String> ORDER = List.of("QUEUED", "SENT", "STARTED", "NOT-STARTED");
    private static final String NONE = "";

    private DeliveryRules() {}

    static Stream<Violation> wrong(HistoryIndex index) {
        return index.histories().stream()
                .flatMap(transaction -> ranAlthoughNotStarted(transaction)
                        .or(() -> wentBack(transaction))
                        .map(what -> transaction.violates(Rule.NOT_STARTED_NEVER_RAN.name(), what))
                        .stream());
    }

    private static Optional<String> ranAlthoughNotStarted(TransactionHistory transaction) {
        boolean ran =
                transaction.timesRun() > 0 && !transaction.hasInjectedMisbehaviour("RunWithoutGrant", "ForgetJournal");
        return ran && transaction.observations().stream().anyMatch(Observation::isNotStarted)
                ? Optional.of("shown as NOT-STARTED, but it ran")
                : Optional.empty();
    }

    private static Optional<String> wentBack(TransactionHistory transaction) {
        List<Observation> observations = transaction.observations();
        return OutcomeRules.isBrokenIn(observations, DeliveryRules::goesBack)
                ? Optional.of("Delivery went back or disappeared")
                : Optional.empty();
    }

    /** {@code STARTED} says that the device may act on it: that it never did may follow. */
    private static boolean goesBack(Observation previous, Observation later) {
        return !previous.delivery().equals(NONE)
                && ORDER.indexOf(later.delivery()) < ORDER.indexOf(previous.delivery());
    }
}
