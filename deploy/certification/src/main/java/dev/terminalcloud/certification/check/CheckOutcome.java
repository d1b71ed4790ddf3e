package dev.terminalcloud.certification.check;

/** The outcome of one check. */
public record CheckOutcome(Check check, Result result, String reason) {

    /** The result, with the text of the report. */
    public enum Result {
        PASSED("passed"),
        FAILED("FAILED"),
        NOT_RUN("not run"),
        /** The rule is about an optional feature that is not used. */
        NOT_APPLICABLE("not run (optional)");

        private final String words;

        Result(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public static CheckOutcome passed(Check check) {
        return new CheckOutcome(check, Result.PASSED, "");
    }

    public static CheckOutcome failed(Check check, String reason) {
        return new CheckOutcome(check, Result.FAILED, reason);
    }

    public static CheckOutcome notRun(Check check, String reason) {
        return new CheckOutcome(check, Result.NOT_RUN, reason);
    }

    public static CheckOutcome notApplicable(Check check, String reason) {
        return new CheckOutcome(check, Result.NOT_APPLICABLE, reason);
    }
}
