package dev.terminalcloud.checker.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The promises, each as a pure function that finds in a history what breaks it. */
public enum Rule {
    /** A request starts at most one transaction, and an id belongs to one request. */
    ONE_REQUEST_ONE_TRANSACTION(true, StartRules::doubled),
    /** What was answered with 200 is there. */
    ACCEPTED_IS_STORED(false, StartRules::notStored),
    /** What was refused has not been started. */
    REFUSED_NEVER_STARTED(true, StartRules::refusedAndStarted),
    /** A device runs a transaction at most once. */
    RAN_AT_MOST_ONCE(true, ExecutionRules::moreThanOnce),
    /** FAILED-INTERFACE is said of what never ran and never will. */
    NEVER_RAN_IS_CERTAIN(true, ExecutionRules::ranAlthoughNeverRun),
    /** What is shown is what the device said. */
    OUTCOME_MATCHES_DEVICE_REPORT(true, OutcomeRules::mismatched),
    /** A final outcome never changes. */
    FINAL_IS_FINAL(true, OutcomeRules::changed),
    /** Delayed is delayed until the end. */
    DELAYED_STAYS_DELAYED(true, OutcomeRules::noLongerDelayed),
    /** Versions never shrink, and the same version says the same. */
    VERSIONS_GROW(true, OutcomeRules::versionDecreased),
    /** Each accepted transaction ends, or is visibly delayed as only its device knows how it ended. */
    ALL_TRANSACTIONS_END(false, CompletionRules::lost),
    /** What the system has to end without anybody's help ends within the published limit. */
    PHASES_END_IN_TIME(false, DeadlineRules::late),
    /** A POS that asked for it is told of each end. */
    CALLBACKS_ARRIVE(false, CompletionRules::notCalledBack),
    /** No request is answered as nobody expects: 500, or a poll refused. */
    ANSWERS_ARE_EXPECTED(true, ResponseRules::unexpected),
    /** An operator is believed only where the device has lost every trace. */
    MANUAL_RESOLUTION_IS_LAST_RESORT(true, AlertRules::statedTooEarly),
    /** Nothing is alerted that no device provoked. */
    ALERTS_HAVE_A_CAUSE(false, AlertRules::unprovoked),
    /** What a service has decided, others hear of. */
    OUTBOX_DRAINS(false, AlertRules::unpublished),
    /** Nothing goes to a dead-letter topic. */
    NO_DEAD_LETTERS(false, AlertRules::deadLetters);

    private final boolean atAnyTime;

    @SuppressWarnings("ImmutableEnumChecker") // static methods, which have no state
    private final Function<HistoryIndex, Stream<Violation>> check;

    Rule(boolean atAnyTime, Function<HistoryIndex, Stream<Violation>> check) {
        this.atAnyTime = atAnyTime;
        this.check = check;
    }

    /** What breaks this rule. */
    public List<Violation> violations(HistoryIndex evidence) {
        return check.apply(evidence).toList();
    }

    /** What breaks any rule, after the end of a run. */
    public static List<Violation> allViolations(HistoryIndex evidence) {
        return Stream.of(values())
                .flatMap(rule -> rule.violations(evidence).stream())
                .toList();
    }

    /** What breaks a rule that holds at any time, while a run goes on. */
    public static List<Violation> presentViolations(HistoryIndex evidence) {
        return Stream.of(values())
                .filter(rule -> rule.atAnyTime)
                .flatMap(rule -> rule.violations(evidence).stream())
                .toList();
    }
}
