package dev.terminalcloud.certification.operator;

/** A question about what only the operator can see. The operator of a conforming device or POS answers it with yes. */
public interface Question {
    String question();
}
