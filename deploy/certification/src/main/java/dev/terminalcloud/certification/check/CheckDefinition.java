package dev.terminalcloud.certification.check;

/**
 * Parts of a check.
 *
 * @param rule the rule in words
 * @param scenario what checks it
 * @param <S> the scenarios of the certification that it belongs to
 */
public record CheckDefinition<S>(Timing when, String rule, S scenario) {

    /** The time at which a check is run. */
    public enum Timing {
        BEFORE_PAIRING,
        IN_TURN,
        /** It checks the complete record of the run. */
        AT_THE_END
    }
}
