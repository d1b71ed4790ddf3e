package dev.terminalcloud.checker.check;

import java.util.UUID;

/**
 * A violation of a rule.
 *
 * @param rule the name of the rule
 * @param number the number of the request to start; 0 if unknown
 * @param transactionId null if unknown
 */
public record Violation(String rule, int number, UUID transactionId, String what) {}
