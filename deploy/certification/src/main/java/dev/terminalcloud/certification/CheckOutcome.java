package dev.terminalcloud.certification;

/** The outcome of one check. */
public record CheckOutcome(Check check, Result result, String reason) {

    /** The result, with the text of the report. */
    public enum Result {
        PASSED("passed"),
        FAILED("FAILED"),
        NOT_RUN("not run");

        private final String words;

        Result(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static CheckOutcome passed(Check check) {
        return new CheckOutcome(check, Result.PASSED, "");
    }

    static CheckOutcome failed(Check check, String reason) {
        return new CheckOutcome(check, Result.FAILED, reason);
    }

    static CheckOutcome notRun(Check check, String reason) {
        return new CheckOutcome(check, Result.NOT_RUN, reason);
    }
}
