package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;

/** A terminal on the page. */
record TerminalCard(Locator root) {

    /** Requests a code, and reads it from the display. */
    String pairingCode() {
        awaitBadge("online");
        press("Pairing code", "New code");
        return root.locator(".screen[data-tone=code] .big").textContent();
    }

    /** Presses a key of the terminal or one of its plugs, as soon as it is present. */
    void press(String name) {
        button(name).click();
    }

    /** Waits until the terminal shows this key, which prompts the customer. */
    void awaitKey(String name) {
        button(name).waitFor();
    }

    void awaitDisplay(String text) {
        root.locator(".screen").filter(new FilterOptions().setHasText(text)).waitFor();
    }

    void awaitBadge(String text) {
        root.locator(".badge").filter(new FilterOptions().setHasText(text)).waitFor();
    }

    /** Returns when the terminal says that another client uses it. */
    void awaitTakenOver() {
        root.locator(".taken")
                .filter(new FilterOptions().setHasText("Another browser"))
                .waitFor();
    }

    boolean isTakenOver() {
        return root.locator(".taken").isVisible();
    }

    String receipt() {
        return root.locator(".paper pre").textContent();
    }

    private void press(String name, String other) {
        button(name).or(button(other)).click();
    }

    private Locator button(String name) {
        return root.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }
}
