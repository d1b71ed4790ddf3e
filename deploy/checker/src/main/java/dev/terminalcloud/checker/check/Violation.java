package dev.terminalcloud.checker.check;

import java.util.UUID;

/**
 * A promise that was broken.
 *
 * @param rule the rule's name
 * @param number of the request to start; 0 if there is none
 * @param transactionId null if there is none
 */
public record Violation(String rule, int number, UUID transactionId, String what) {}
