package dev.terminalcloud.systemtests.posapi;

import dev.terminalcloud.systemtests.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test, with a message, where the npm packages of {@code deploy/pos-api/clients} are not installed. It fails instead if the
 * environment requires them.
 */
final class NeedsClientTools implements ExecutionCondition {
    static final Path MODULES = Installation.root().resolve("deploy/pos-api/clients/node_modules");

    private static final String NONE = "The npm packages are not installed (npm ci in deploy/pos-api/clients)";
    private static final String VARIABLE = "TERMINAL_CLOUD_CLIENT_TOOLS";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        if (Files.isDirectory(MODULES.resolve("typescript")) || "required".equals(System.getenv(VARIABLE))) {
            return ConditionEvaluationResult.enabled("with the npm packages");
        }
        System.err.println(test.getDisplayName() + " is skipped: " + NONE);
        return ConditionEvaluationResult.disabled(NONE);
    }
}
