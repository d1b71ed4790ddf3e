package dev.terminalcloud.certification.script;

/** The device broke the rule that is checked; the message says by what. */
public final class BrokenRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenRuleException(String what) {
        super(what);
    }
}
