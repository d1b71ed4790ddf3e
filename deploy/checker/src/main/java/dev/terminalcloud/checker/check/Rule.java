package dev.terminalcloud.checker.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The promises of the system, each as a pure function that finds its violations in a history. */
public enum Rule {
    /** A request starts at most one transaction, and an id belongs to one request. */
    ONE_REQUEST_ONE_TRANSACTION(true, StartRules::doubled),
    /** All starts with one key are one transaction, which runs at most once; once it is known, it is the answer to each repetition. */
    ONE_KEY_ONE_TRANSACTION(true, KeyRules::several),
    /** A transaction whose start was answered with 200 is stored. */
    ACCEPTED_IS_STORED(false, StartRules::notStored),
    /** A request that was rejected has started nothing. */
    REFUSED_NEVER_STARTED(true, StartRules::refusedAndStarted),
    /** A start that is sent after the answer to a pairing goes to that device or nowhere. */
    START_FOLLOWS_PAIRING(true, PairingRules::elsewhere),
    /** Nothing is accepted of a register whose device has been paired with another. */
    ENDED_PAIRING_IS_REFUSED(true, PairingRules::acceptedUnpaired),
    /** A device that is connected all the time gets its offers. */
    ONLINE_DEVICE_IS_REACHED(false, PairingRules::unreachableAlthoughOnline),
    /** A device runs a transaction at most once. */
    RAN_AT_MOST_ONCE(true, ExecutionRules::moreThanOnce),
    /** FAILED-INTERFACE is the result of transactions that never ran and never will. */
    NEVER_RAN_IS_CERTAIN(true, ExecutionRules::ranAlthoughNeverRun),
    /** A transaction that is shown as not started does not run, and the delivery that is shown never goes back. */
    NOT_STARTED_NEVER_RAN(true, DeliveryRules::wrong),
    /** The outcome that is shown is the one that the device reported. */
    OUTCOME_MATCHES_DEVICE_REPORT(true, OutcomeRules::mismatched),
    /** A final outcome never changes. */
    FINAL_IS_FINAL(true, OutcomeRules::changed),
    /** A delayed transaction stays delayed until it ends. */
    DELAYED_STAYS_DELAYED(true, OutcomeRules::noLongerDelayed),
    /** Versions never decrease, and the same version has the same content. */
    VERSIONS_GROW(true, OutcomeRules::versionDecreased),
    /** A stream shows each version at most once, in order, none again when it is resumed, and the final one always. */
    STREAM_IN_ORDER(false, StreamRules::outOfOrder),
    /** A requested cancellation is resolved in time, once, and as the outcome says. */
    CANCELLATIONS_RESOLVE(true, CancellationRules::unresolved),
    /** All linked refunds of a purchase together are at most what was paid, and more than what is left is rejected. */
    REFUNDS_NEVER_EXCEED(true, LinkedRefundRules::exceeding),
    /** A look-up by reference finds exactly the transactions of that reference. */
    LOOK_UPS_ARE_EXACT(false, LookUpRules::inexact),
    /** Each accepted transaction ends, or is visibly delayed because only its device knows the outcome. */
    ALL_TRANSACTIONS_END(false, CompletionRules::lost),
    /** Phases that the system itself has to end last no longer than the published limit. */
    PHASES_END_IN_TIME(false, DeadlineRules::late),
    /** A POS that asked for callbacks receives one for each transaction that ends. */
    CALLBACKS_ARRIVE(false, CompletionRules::notCalledBack),
    /** No response is unexpected, such as 500 or a rejected poll. */
    ANSWERS_ARE_EXPECTED(true, ResponseRules::unexpected),
    /** An operator can resolve a transaction only if its device has lost its journal. */
    MANUAL_RESOLUTION_IS_LAST_RESORT(true, AlertRules::resolvedTooEarly),
    /** Each alert has an injected misbehaviour as its cause. */
    ALERTS_HAVE_A_CAUSE(false, AlertRules::unprovoked),
    /** Without other faults than planned changes, each request gets a response, and none fails. */
    PLANNED_CHANGES_FAIL_NOTHING(true, PlannedChangeRules::failed),
    /** Without other faults than planned changes, a device that has power and network gets its offers in time. */
    PLANNED_CHANGES_REACH_DEVICES(true, PlannedChangeRules::unreachableAfterAPlannedChange),
    /** Without other faults than planned changes, no payment takes longer than the limit. */
    PLANNED_CHANGES_ARE_FAST(true, PlannedChangeRules::slow),
    /** Each event leaves the outbox of its service. */
    OUTBOX_DRAINS(false, AlertRules::unpublished),
    /** No record goes to a dead-letter topic. */
    NO_DEAD_LETTERS(false, AlertRules::deadLetters);

    private final boolean atAnyTime;

    @SuppressWarnings("ImmutableEnumChecker") // static methods without state
    private final Function<HistoryIndex, Stream<Violation>> check;

    Rule(boolean atAnyTime, Function<HistoryIndex, Stream<Violation>> check) {
        this.atAnyTime = atAnyTime;
        this.check = check;
    }

    /** Returns the violations of this rule. */
    public List<Violation> violations(HistoryIndex index) {
        return check.apply(index).toList();
    }

    /** Returns the violations of all rules, after the end of a run. */
    public static List<Violation> allViolations(HistoryIndex index) {
        return Stream.of(values())
                .flatMap(rule -> rule.violations(index).stream())
                .toList();
    }

    /** Returns the violations of the rules that hold at any time, while a run goes on. */
    public static List<Violation> currentViolations(HistoryIndex index) {
        return Stream.of(values())
                .filter(rule -> rule.atAnyTime)
                .flatMap(rule -> rule.violations(index).stream())
                .toList();
    }
}
