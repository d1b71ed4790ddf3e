package dev.terminalcloud.systemtests;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a class, with a message, where Mosquitto is not installed. They fail instead if the environment requires
 * Mosquitto.
 */
final class NeedsMosquitto implements ExecutionCondition {
    private static final String NONE = "Mosquitto is not installed (mosquitto, mosquitto_pub and mosquitto_sub)";
    private static final String VARIABLE = "TERMINAL_CLOUD_MOSQUITTO";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        if (isInstalled() || "required".equals(System.getenv(VARIABLE))) {
            return ConditionEvaluationResult.enabled("with Mosquitto");
        }
        System.err.println(test.getDisplayName() + " is skipped: " + NONE);
        return ConditionEvaluationResult.disabled(NONE);
    }

    private static boolean isInstalled() {
        return Stream.of("mosquitto", "mosquitto_pub", "mosquitto_sub")
                .allMatch(program -> InstalledProgram.find(program).isPresent());
    }
}
