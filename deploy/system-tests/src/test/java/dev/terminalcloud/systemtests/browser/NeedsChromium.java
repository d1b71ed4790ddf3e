package dev.terminalcloud.systemtests.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a class, with a message, where no browser is installed. They fail instead if the environment requires a browser.
 */
final class NeedsChromium implements ExecutionCondition {
    static final String NONE = "No Chromium is installed (chromium, chromium-browser or google-chrome on the PATH)";

    private static final String VARIABLE = "TERMINAL_CLOUD_BROWSER";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        if (Chromium.find().isPresent() || "required".equals(System.getenv(VARIABLE))) {
            return ConditionEvaluationResult.enabled("with a browser");
        }
        System.err.println(test.getDisplayName() + " is skipped: " + NONE);
        return ConditionEvaluationResult.disabled(NONE);
    }
}
