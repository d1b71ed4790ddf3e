package dev.terminalcloud.systemtests.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

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

    /** Pays an amount of which the customer gets this part in cash. */
    void payWithCash(String amount, String cash) {
        root.getByLabel("Type").selectOption("Card.PurchasePlusCash");
        root.getByLabel("Cash of it").fill(cash);
        pay(amount);
    }

    /** Refunds another amount of the last purchase than the register proposes, and returns what it proposed. */
    String refundLast(String amount) {
        press("Refund this");
        String proposed = root.getByLabel("Amount").inputValue();
        root.getByLabel("Amount").fill(amount);
        press("Refund");
        return proposed;
    }

    /** Refunds the last purchase from the list of results. */
    void refundLast() {
        press("Refund this");
        press("Refund");
    }

    /** Cancels the pending payment. */
    void cancel() {
        press("Cancel");
    }

    void unpair() {
        press("Unpair");
    }

    /** Pulls the network plug of the register, or plugs it in. */
    void toggleNetwork() {
        press("Network");
    }

    /** Makes the register lose its network after its next request, before the answer. */
    void loseNextAnswer() {
        press("Lose the next answer");
    }

    /** Waits until the register shows this about its terminal. */
    void awaitPresence(String text) {
        root.locator(".presence").filter(new FilterOptions().setHasText(text)).waitFor();
    }

    /** Returns the shown steps of the last transaction, without their times. */
    List<String> steps() {
        return root.locator(".steps li").allTextContents().stream()
                .map(step -> step.replaceFirst("^[0-9.]+ s ", ""))
                .toList();
    }

    /** Returns the results of earlier transactions that the register shows. */
    int results() {
        return root.locator(".past tbody tr").count();
    }

    /** Waits until the register shows this text. */
    void awaitOutcome(String headline) {
        root.locator(".headline")
                .filter(new FilterOptions().setHasText(headline))
                .waitFor();
    }

    /** Waits until the register shows this below its headline. */
    void awaitExplanation(String text) {
        root.locator(".outcome p").filter(new FilterOptions().setHasText(text)).waitFor();
    }

    private void press(String button) {
        root.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true))
                .click();
    }
}
