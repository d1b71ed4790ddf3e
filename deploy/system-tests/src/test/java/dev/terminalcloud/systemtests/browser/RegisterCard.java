package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;

/** A register on the page. */
record RegisterCard(Locator root) {

    void pair(String code) {
        root.getByLabel("Pairing code").fill(code);
        press("Pair");
        root.locator(".badge")
                .filter(new FilterOptions().setHasText("not paired"))
                .waitFor(Waits.GONE);
    }

    /** Enters the amount as a person types it: 5.00. */
    void pay(String amount) {
        root.getByLabel("Amount").fill(amount);
        press("Pay");
    }

    /** Cancels the pending payment. */
    void cancel() {
        press("Cancel");
    }

    /** Waits until the register shows this text. */
    void awaitOutcome(String headline) {
        root.locator(".headline")
                .filter(new FilterOptions().setHasText(headline))
                .waitFor();
    }

    private void press(String button) {
        root.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
