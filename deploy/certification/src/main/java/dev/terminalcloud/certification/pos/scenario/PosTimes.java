package dev.terminalcloud.certification.pos.scenario;

import java.time.Duration;

/**
 * The times of the rules for a POS, and the timeouts of the suite.
 *
 * @param pollInterval the minimum average time between polls
 * @param longPayment how long a payment may take
 * @param slowAnswer how late a slow answer is
 * @param quiet the time without a request after which none is expected
 * @param reaction the maximum time for a POS to react
 * @param operator the maximum time for the operator to complete a task
 * @param retryAfterSeconds the value of {@code Retry-After}
 */
public record PosTimes(
        Duration pollInterval,
        Duration longPayment,
        Duration slowAnswer,
        Duration quiet,
        Duration reaction,
        Duration operator,
        int retryAfterSeconds) {

    /** The times of the rules. */
    public static final PosTimes RULES = new PosTimes(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120),
            2);

    /** Returns the times for a POS that divides the times of the rules by this divisor, so that a run takes less time. */
    public PosTimes dividedBy(int divisor) {
        return new PosTimes(
                pollInterval.dividedBy(divisor),
                longPayment.dividedBy(divisor),
                slowAnswer.dividedBy(divisor),
                quiet.dividedBy(divisor),
                reaction,
                operator,
                Math.max(1, retryAfterSeconds / divisor));
    }

    public PosTimes withReaction(Duration value) {
        return new PosTimes(pollInterval, longPayment, slowAnswer, quiet, value, operator, retryAfterSeconds);
    }

    public PosTimes withOperator(Duration value) {
        return new PosTimes(pollInterval, longPayment, slowAnswer, quiet, reaction, value, retryAfterSeconds);
    }

    public PosTimes withLongPayment(Duration value) {
        return new PosTimes(pollInterval, value, slowAnswer, quiet, reaction, operator, retryAfterSeconds);
    }

    public PosTimes withQuiet(Duration value) {
        return new PosTimes(pollInterval, longPayment, slowAnswer, value, reaction, operator, retryAfterSeconds);
    }
}
