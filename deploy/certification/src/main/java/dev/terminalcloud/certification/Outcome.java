package dev.terminalcloud.certification;

/** What became of one check. */
public record Outcome(Check check, Result result, String reason) {

    /** In the words of the table. */
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

    static Outcome passed(Check check) {
        return new Outcome(check, Result.PASSED, "");
    }

    static Outcome failed(Check check, String reason) {
        return new Outcome(check, Result.FAILED, reason);
    }

    static Outcome notRun(Check check, String reason) {
        return new Outcome(check, Result.NOT_RUN, reason);
    }
}
