package dev.terminalcloud.certification.check;

/** One rule that is checked: a constant. */
public interface Check {
    /** Returns the name of the constant. */
    String name();

    /** Returns when it is run, its rule and its scenario. */
    CheckDefinition<?> definition();

    /** Returns the rule in words. */
    default String rule() {
        return definition().rule();
    }
}
