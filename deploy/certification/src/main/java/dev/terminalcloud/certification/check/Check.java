package dev.terminalcloud.certification.check;

/** One rule that is checked: a constant. */
public interface Check {
    /** Returns the name of the constant. */
    String name();

    /** Returns the rule in words. */
    String rule();
}
