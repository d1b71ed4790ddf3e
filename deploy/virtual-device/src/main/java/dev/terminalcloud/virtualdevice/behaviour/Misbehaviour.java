package dev.terminalcloud.virtualdevice.behaviour;

import java.time.Duration;

/** What a device does wrong, or what goes wrong with it, during one transaction; each at most once. */
public sealed interface Misbehaviour {

    enum Moment {
        BEFORE,
        AFTER
    }

    /** The connection breaks without a goodbye, and the network stays away for a while. */
    record LoseConnection(Moment moment, TransactionStep step, Duration outage) implements Misbehaviour {}

    /** Everything that the journal says is lost; what runs goes on. */
    record ForgetJournal(Moment moment, TransactionStep step) implements Misbehaviour {}

    /** The payment takes this much longer. */
    record AnswerLate(Duration delay) implements Misbehaviour {}

    record AnswerTwice() implements Misbehaviour {}

    /** A second, different result follows the first; the journal keeps the first. */
    record AnswerTwiceDifferently(Ending second) implements Misbehaviour {}

    /** The device runs what it was only offered. */
    record RunWithoutGrant() implements Misbehaviour {}

    /** The result is sent before the prompt. */
    record AnswerInWrongOrder() implements Misbehaviour {}

    /** The payment never ends by itself; a person can still end it. */
    record NeverAnswer() implements Misbehaviour {}
}
