package dev.terminalcloud.checker.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The promises, each as a pure function that finds in a history what breaks it. */
public enum Rule {
    /** A request starts at most one transaction, and an id belongs to one request. */
    ONE_REQUEST_ONE_TRANSACTION(true, Starts::doubled),
    /** What was answered with 200 is there. */
    ACCEPTED_IS_STORED(false, Starts::notStored),
    /** What was refused has not been started. */
    REFUSED_NEVER_STARTED(true, Starts::refusedAndStarted),
    /** A device runs a transaction at most once. */
    RAN_AT_MOST_ONCE(true, Runs::moreThanOnce),
    /** FAILED-INTERFACE is said of what never ran and never will. */
    NEVER_RAN_IS_CERTAIN(true, Runs::ranAfterAll),
    /** What is shown is what the device said. */
    SHOWN_IS_WHAT_THE_DEVICE_SAID(true, Outcomes::untrue),
    /** A final outcome never changes. */
    FINAL_IS_FINAL(true, Outcomes::changed),
    /** Delayed is delayed until the end. */
    DELAYED_STAYS_DELAYED(true, Outcomes::noLongerDelayed),
    /** Versions never shrink, and the same version says the same. */
    VERSIONS_GROW(true, Outcomes::shrunk),
    /** Each accepted transaction ends, or is visibly delayed as only its device knows how it ended. */
    NOTHING_IS_LOST(false, Endings::lost),
    /** What the system has to end without anybody's help ends within the published limit. */
    PHASES_END_IN_TIME(false, Punctuality::late),
    /** A POS that asked for it is told of each end. */
    CALLBACKS_ARRIVE(false, Endings::notCalledBack),
    /** No request is answered as nobody expects: 500, or a poll refused. */
    ANSWERS_ARE_EXPECTED(true, Answers::unexpected),
    /** An operator is believed only where the device has lost every trace. */
    OPERATORS_SPEAK_LAST(true, Alerts::statedTooEarly),
    /** Nothing is alerted that no device provoked. */
    ALERTS_ARE_PROVOKED(false, Alerts::unprovoked),
    /** What a service has decided, others hear of. */
    EVENTS_LEAVE(false, Alerts::unpublished),
    /** Nothing goes to a dead-letter topic. */
    NO_DEAD_LETTERS(false, Alerts::deadLetters);

    private final boolean atAnyTime;

    @SuppressWarnings("ImmutableEnumChecker") // static methods, which have no state
    private final Function<Evidence, Stream<Violation>> check;

    Rule(boolean atAnyTime, Function<Evidence, Stream<Violation>> check) {
        this.atAnyTime = atAnyTime;
        this.check = check;
    }

    /** What breaks this rule. */
    public List<Violation> violations(Evidence evidence) {
        return check.apply(evidence).toList();
    }

    /** What breaks any rule, after the end of a run. */
    public static List<Violation> allViolations(Evidence evidence) {
        return Stream.of(values())
                .flatMap(rule -> rule.violations(evidence).stream())
                .toList();
    }

    /** What breaks a rule that holds at any time, while a run goes on. */
    public static List<Violation> presentViolations(Evidence evidence) {
        return Stream.of(values())
                .filter(rule -> rule.atAnyTime)
                .flatMap(rule -> rule.violations(evidence).stream())
                .toList();
    }
}
