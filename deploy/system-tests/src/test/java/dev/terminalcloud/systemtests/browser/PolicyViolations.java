package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.ConsoleMessage;
import java.util.Optional;

/** Reports of a browser about content that the policy of a page forbids. */
final class PolicyViolations {
    private PolicyViolations() {}

    /** Returns the text of the message, if it reports such content. */
    static Optional<String> textOf(ConsoleMessage message) {
        return Optional.of(message.text()).filter(text -> text.contains("Content Security Policy"));
    }
}
