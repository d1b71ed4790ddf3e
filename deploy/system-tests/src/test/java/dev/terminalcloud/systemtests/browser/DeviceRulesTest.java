package dev.terminalcloud.systemtests.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests the pure parts of the page's device against the device protocol, in the browser. */
@Tag("slow")
@ExtendWith({NeedsChromium.class, OneStack.class})
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(Lifecycle.PER_CLASS)
class DeviceRulesTest {
    private static final String TERMINAL = "7000000019";
    private static final String SCRIPT = script();

    private final Shops shops;
    private Chromium chromium;
    private SandboxPage page;

    DeviceRulesTest(Shops shops) {
        this.shops = shops;
    }

    @BeforeAll
    void start() {
        chromium = Chromium.start();
        page = SandboxPage.open(chromium.browser(), shops.site().http(), TERMINAL);
    }

    @AfterAll
    void stop() {
        page.close();
        chromium.close();
    }

    @Test
    void eachMessageIsAnsweredFromTheJournal() {
        assertThat(run("decisionTable"))
                .isEqualTo(
                        """
                        unknown    offer   write claimed, send transaction-claim
                        unknown    grant   write never-seen, send transaction-never-seen
                        unknown    refuse  write never-seen
                        unknown    report  write never-seen, send transaction-never-seen
                        unknown    cancel  write never-seen, send transaction-never-seen
                        claimed    offer   send transaction-claim
                        claimed    grant   write running, run
                        claimed    refuse  write refused
                        claimed    report  send transaction-claim
                        claimed    cancel  write refused, send transaction-refused
                        running    offer   repeatProgress
                        running    grant   nothing
                        running    refuse  nothing
                        running    report  repeatProgress
                        running    cancel  stop
                        finished   offer   send transaction-finished
                        finished   grant   send transaction-finished
                        finished   refuse  nothing
                        finished   report  send transaction-finished
                        finished   cancel  send transaction-finished
                        refused    offer   send transaction-refused
                        refused    grant   send transaction-refused
                        refused    refuse  nothing
                        refused    report  send transaction-refused
                        refused    cancel  send transaction-refused
                        never-seen offer   send transaction-never-seen
                        never-seen grant   send transaction-never-seen
                        never-seen refuse  nothing
                        never-seen report  send transaction-never-seen
                        never-seen cancel  send transaction-never-seen""");
    }

    @Test
    void offerIsRefusedForTheFirstReasonThereIs() {
        assertThat(run("refusals"))
                .isEqualTo(
                        """
                        older pairing, busy, not ready: OLD-PAIRING
                        busy, not ready: BUSY
                        not ready: NOT-READY
                        not ready, logon: claimed
                        not ready, status: claimed
                        not ready, reprint: claimed
                        newer pairing: claimed""");
    }

    @Test
    void cancellationIsRefusedWhenItIsTooLate() {
        assertThat(run("tooLate"))
                .isEqualTo(
                        """
                        claimed: write refused, send transaction-refused
                        running: send cancel-refused
                        finished: send transaction-finished""");
    }

    @Test
    void claimIsRepeatedForAMinuteAndThenGivenUp() {
        assertThat(run("claims"))
                .isEqualTo(
                        """
                        5000 ms: send transaction-claim
                        59999 ms: send transaction-claim
                        60000 ms: write refused, send transaction-refused NO-GRANT""");
    }

    @Test
    void powerCutReversesRunningAndResendsUnacknowledged() {
        assertThat(run("restarts"))
                .isEqualTo(
                        """
                        power back, claimed: nothing
                        power back, running: write finished CANCELLED
                        power back, finished: nothing
                        connected, claimed: send transaction-claim
                        connected, finished: send transaction-finished
                        connected, finished and acknowledged: nothing
                        connected, refused: nothing""");
    }

    @Test
    void journalNeverRegressesAndOutlivesTheDevice() {
        assertThat(run("journal"))
                .isEqualTo(
                        """
                        finished can't become running
                        refused can't become claimed
                        read again: finished, refused
                        pairing 2 stays 2 after a message about 1
                        forgotten: nothing""");
    }

    @Test
    void incompleteMessageIsNotATransactionMessage() {
        assertThat(run("messages"))
                .isEqualTo("offer-transaction: true, offer-transaction: false, start-granted: false, ping: false,"
                        + " toString: false");
    }

    @Test
    void packetsAreReadHoweverTheyAreCut() {
        assertThat(run("packets"))
                .isEqualTo("published devices/1/commands 7 200 characters, acknowledged 515, disconnected 142,"
                        + " subscribed true");
    }

    /** Runs one of the checks of {@code device-checks.js}. */
    private String run(String check) {
        return (String) page.evaluate(SCRIPT, check);
    }

    private static String script() {
        try (InputStream script = DeviceRulesTest.class.getResourceAsStream("/browser/device-checks.js")) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
