package dev.terminalcloud.virtualdevice.behaviour;

import java.time.Duration;

/** An error of a device, or a failure that it suffers, during one transaction; each happens at most once. */
public sealed interface Misbehaviour {

    enum Moment {
        BEFORE,
        AFTER
    }

    /** The connection breaks without a DISCONNECT, and the network is unavailable for a while. */
    record LoseConnection(Moment moment, TransactionStep step, Duration outage) implements Misbehaviour {}

    /** The whole journal is lost; a running payment goes on. */
    record ForgetJournal(Moment moment, TransactionStep step) implements Misbehaviour {}

    /** The payment takes this much longer. */
    record AnswerLate(Duration delay) implements Misbehaviour {}

    record AnswerTwice() implements Misbehaviour {}

    /** A second, different result follows the first; the journal keeps the first. */
    record AnswerTwiceDifferently(Ending second) implements Misbehaviour {}

    /** The device runs a transaction that was only offered. */
    record RunWithoutGrant() implements Misbehaviour {}

    /** The result is sent before the prompt. */
    record AnswerInWrongOrder() implements Misbehaviour {}

    /** Each cancellation by the register is refused as too late, which the protocol allows. */
    record RefuseCancel() implements Misbehaviour {}

    /** The payment never ends by itself; a person can still end it. */
    record NeverAnswer() implements Misbehaviour {}
}
