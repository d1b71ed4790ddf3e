package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.options.WaitForSelectorState;

/** What is waited for on the page, other than that something is there. */
final class Waits {
    static final WaitForOptions GONE = new WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private Waits() {}
}
