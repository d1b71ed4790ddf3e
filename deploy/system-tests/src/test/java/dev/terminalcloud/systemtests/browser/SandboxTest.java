package dev.terminalcloud.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Uses the sandbox page as a person does, in a real browser: the register shows the result of the terminal. */
@Tag("slow")
@Order(2)
@ExtendWith({NeedsChromium.class, OneStack.class})
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
class SandboxTest {
    private static final String FIRST = "7000000017";
    private static final String SECOND = "7000000018";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Shops shops;
    private Chromium chromium;

    SandboxTest(Shops shops) {
        this.shops = shops;
    }

    @BeforeAll
    void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        chromium.close();
    }

    @Test
    void paymentIsApprovedAndItsReceiptPrinted() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            terminal.awaitDisplay("Demo Shop: Register 1");
            page.takePicture("paired");

            pay(page, terminal, "5.00");
            page.takePicture("approved");
            assertThat(terminal.receipt().lines())
                    .contains("TOTAL                     5.00")
                    .allMatch(line -> line.length() <= 30);
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void serviceLevelOfThePaymentsIsShown() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            pay(page, terminal, "5.10");

            assertThat(page.serviceLevel())
                    .matches(
                            "Last hour: \\d+ ms \\(99 %: \\d+ ms\\) to the terminal, \\d+ ms \\(99 %: \\d+ ms\\) back");
            page.takePicture("service-level");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void purchaseIsRefundedFromItsResultAndNotTwice() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            pay(page, terminal, "5.00");

            page.register(0).refundLast();
            terminal.press("Tap");
            await().atMost(TIMEOUT).until(() -> page.register(0).results() == 2);
            page.register(0).refundLast();

            page.register(0).awaitOutcome("AmountTotal must be at most 0");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void eventsOfAPaymentAreShownInTheirOrderAndWithoutThePairingCode() {
        try (SandboxPage page = open(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            String code = terminal.pairingCode();
            page.takePicture("not-paired");
            page.register(0).pair(code);

            pay(page, terminal, "6.00");

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(shown(page))
                    .containsSubsequence(
                            "Show this pairing code",
                            "Offers Card.Purchase 6.00",
                            "May I?",
                            "Start!",
                            "The customer reads: PRESENT CARD",
                            "It ended: OK-ACCEPTED"));
            assertThat(shown(page)).doesNotContain(code.replace(" ", ""));
        }
    }

    @Test
    void declinedCardIsADeclinedPayment() {
        try (SandboxPage page = openPaired(SECOND)) {
            TerminalCard terminal = page.terminal(SECOND);

            page.register(0).pay("7.00");
            terminal.press("Decline");

            page.register(0).awaitOutcome("Declined");
            terminal.awaitDisplay("DECLINED");
            page.takePicture("declined");
        }
    }

    @Test
    void paymentThatTheRegisterCancelsIsCancelledOnTheTerminal() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);

            page.register(0).pay("12.00");
            terminal.awaitKey("Tap");
            page.register(0).cancel();

            page.register(0).awaitOutcome("Cancelled");
            terminal.awaitDisplay("CANCELLED");
            page.takePicture("cancelled-by-the-register");
        }
    }

    @Test
    void cancellationAfterTheCardWasReadIsTooLate() {
        try (SandboxPage page = open(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            page.pair(page.register(0), terminal);

            page.register(0).pay("5.57");
            terminal.press("Tap");
            page.register(0).awaitOutcome("PROCESSING");
            page.register(0).cancel();

            page.register(0).awaitExplanation("Too late to cancel: the result follows.");
            page.takePicture("cancel-too-late");
            page.register(0).awaitOutcome("Approved 5.57");
            assertThat(page.register(0).steps()).contains("too late to stop");
            assertThat(shown(page)).contains("I can no longer stop it");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void purchaseWithCashIsRefundedWithoutTheCash() {
        try (SandboxPage page = open(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            RegisterCard register = page.register(0);
            page.pair(register, terminal);
            register.payWithCash("50.00", "20.00");
            terminal.press("Tap");
            register.awaitOutcome("Approved 50.00");

            assertThat(register.refundLast("30.01")).isEqualTo("30.00");
            register.awaitOutcome("AmountTotal must be at most 3000");
            register.refundLast();
            terminal.press("Tap");
            register.awaitOutcome("Approved 30.00");
            register.refundLast("0.01");

            register.awaitOutcome("AmountTotal must be at most 0");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void stepsOfAPaymentAreShownAsTheyCome() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);

            pay(page, terminal, "13.00");

            assertThat(page.register(0).steps())
                    .containsSubsequence("accepted", "started", "PRESENT CARD", "Approved 13.00");
            page.takePicture("steps");
        }
    }

    @Test
    void registerThatLosesTheAnswerRepeatsTheStartAndPaysOnce() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            RegisterCard register = page.register(0);

            register.loseNextAnswer();
            register.pay("14.00");
            register.awaitOutcome("No answer");
            terminal.press("Tap");
            terminal.awaitDisplay("APPROVED");
            page.takePicture("lost-answer");
            register.toggleNetwork();

            register.awaitOutcome("Approved 14.00");
            assertThat(register.results()).isOne();
            terminal.awaitDisplay("Demo Shop: Register 1");
        }
    }

    @Test
    void registerWithoutNetworkReadsTheResultAfterwards() {
        try (SandboxPage page = openPaired(SECOND)) {
            TerminalCard terminal = page.terminal(SECOND);
            RegisterCard register = page.register(0);

            register.pay("15.00");
            terminal.awaitKey("Tap");
            register.toggleNetwork();
            page.takePicture("register-without-network");
            terminal.press("Tap");
            terminal.awaitDisplay("APPROVED");
            register.toggleNetwork();

            register.awaitOutcome("Approved 15.00");
        }
    }

    @Test
    void presenceOfTheTerminalIsShownBeforePaying() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);
            page.register(0).awaitPresence("Terminal " + FIRST + " is online");

            terminal.press("Network");

            page.register(0).awaitPresence("Terminal " + FIRST + " is offline since");
            page.takePicture("terminal-offline");
            terminal.press("Network");
        }
    }

    @Test
    void registerUnpairsItsTerminal() {
        try (SandboxPage page = openPaired(SECOND)) {
            TerminalCard terminal = page.terminal(SECOND);

            page.register(0).unpair();

            page.register(0).awaitOutcome("Unpaired");
            assertThat(terminal.pairingCode()).isNotBlank();
        }
    }

    @Test
    void paymentThatEndsOfflineIsReportedOnReconnect() {
        try (SandboxPage page = openPaired(FIRST)) {
            TerminalCard terminal = page.terminal(FIRST);

            page.register(0).pay("8.00");
            terminal.awaitKey("Tap");
            terminal.press("Network");
            terminal.press("Tap");
            terminal.awaitDisplay("APPROVED");
            page.register(0).awaitOutcome("Taking longer than usual");
            page.takePicture("unplugged-during-a-payment");
            terminal.press("Network");

            page.register(0).awaitOutcome("Approved 8.00");
            page.takePicture("plugged-in-again");
        }
    }

    @Test
    void powerCutReversesThePaymentAfterAReload() {
        try (SandboxPage page = openPaired(SECOND)) {
            TerminalCard terminal = page.terminal(SECOND);

            page.register(0).pay("9.00");
            terminal.awaitKey("Tap");
            page.reload();

            page.register(0).awaitOutcome("Cancelled");
            terminal.awaitDisplay("Demo Shop: Register 1");
            page.takePicture("after-a-power-cut");
        }
    }

    @Test
    void twoRegistersAndTwoTerminalsDoNotDisturbEachOther() {
        try (SandboxPage page = open(FIRST, SECOND)) {
            RegisterCard other = page.addRegister();
            page.pair(page.register(0), page.terminal(FIRST));
            page.pair(other, page.terminal(SECOND));

            page.register(0).pay("10.00");
            other.pay("11.00");
            page.terminal(FIRST).awaitKey("Tap");
            page.takePicture("two-registers-and-two-terminals");
            page.terminal(SECOND).press("Decline");
            page.terminal(FIRST).press("Tap");

            page.register(0).awaitOutcome("Approved 10.00");
            other.awaitOutcome("Declined");
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void terminalInTwoBrowsersIsInTheOneThatTookItLast() {
        try (SandboxPage first = openOnline(SECOND);
                SandboxPage second = openOnline(SECOND)) {
            first.terminal(SECOND).awaitTakenOver();
            first.takePicture("taken-over");
            assertStays(first.terminal(SECOND), second.terminal(SECOND));

            first.terminal(SECOND).press("Take it back");

            first.terminal(SECOND).awaitBadge("online");
            second.terminal(SECOND).awaitTakenOver();
            assertStays(second.terminal(SECOND), first.terminal(SECOND));
            first.pair(first.register(0), first.terminal(SECOND));
            assertThat(first.errors()).isEmpty();
        }
    }

    @Test
    void slowBrowserHasTheTerminalThatWasAskedFor() {
        try (SandboxPage page =
                SandboxPage.openSlowly(chromium.browser(), shops.site().http(), SECOND)) {
            page.terminal(SECOND).awaitBadge("online");

            page.reload();

            page.terminal(SECOND).awaitBadge("online");
            assertThat(page.firstTerminal()).contains(SECOND);
        }
    }

    @Test
    void secondTabTakesAnotherTerminalAndAReloadTheSame() {
        try (SandboxPage first = openOnline(SECOND);
                SandboxPage second = first.openTab()) {
            assertThat(second.firstTerminal()).startsWith("Terminal ").doesNotContain(SECOND);

            first.reload();

            first.terminal(SECOND).awaitBadge("online");
        }
    }

    /** The first pause of a terminal that reconnects by itself is half a second. */
    private static void assertStays(TerminalCard takenOver, TerminalCard online) {
        await().during(Duration.ofSeconds(3))
                .atMost(TIMEOUT)
                .until(() -> takenOver.isTakenOver() && !online.isTakenOver());
        online.awaitBadge("online");
    }

    /** Pays by a card that the terminal approves. */
    private static void pay(SandboxPage page, TerminalCard terminal, String amount) {
        page.register(0).pay(amount);
        terminal.press("Tap");
        page.register(0).awaitOutcome("Approved " + amount);
    }

    /** Opens the page with a register that is paired with this terminal. */
    private SandboxPage openPaired(String terminal) {
        SandboxPage page = open(terminal);
        page.pair(page.register(0), page.terminal(terminal));
        return page;
    }

    private SandboxPage openOnline(String terminal) {
        SandboxPage page = open(terminal);
        page.terminal(terminal).awaitBadge("online");
        return page;
    }

    private SandboxPage open(String... terminals) {
        return SandboxPage.open(chromium.browser(), shops.site().http(), terminals);
    }

    private static String shown(SandboxPage page) {
        return String.join("\n", page.events().allTextContents());
    }
}
