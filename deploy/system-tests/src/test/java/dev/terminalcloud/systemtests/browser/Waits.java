package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.options.WaitForSelectorState;

/** Waits for conditions of the page other than presence. */
final class Waits {
    static final WaitForOptions GONE = new WaitForOptions().setState(WaitForSelectorState.DETACHED);

    private Waits() {}
}
