package dev.terminalcloud.systemtests.gateways;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a class, with a message, where nginx or HAProxy is not installed. They fail instead if the environment requires
 * both.
 */
public final class NeedsGateways implements ExecutionCondition {
    private static final String NONE = "nginx and HAProxy are not installed (nginx, haproxy)";
    private static final String VARIABLE = "TERMINAL_CLOUD_GATEWAYS";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        if (Stream.of(Gateway.values()).allMatch(Gateway::isInstalled) || "required".equals(System.getenv(VARIABLE))) {
            return ConditionEvaluationResult.enabled("with nginx and HAProxy");
        }
        System.err.println(test.getDisplayName() + " is skipped: " + NONE);
        return ConditionEvaluationResult.disabled(NONE);
    }
}
