package dev.terminalcloud.checker.check;

import static dev.terminalcloud.checker.check.Script.completed;
import static dev.terminalcloud.checker.check.Script.delayed;
import static dev.terminalcloud.checker.check.Script.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.checker.history.Entry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule finds what breaks it, and nothing else does. */
class RuleTest {
    @Test
    void aPurchaseAsItShouldBeBreaksNothing() {
        assertThat(Script.approved().brokenRules()).isEmpty();
    }

    @Test
    void aRequestThatStartedTwoTransactionsIsFound() {
        Script script = Script.approved().and(new Entry.Offered("1", UUID.randomUUID(), Script.NUMBER));
        assertThat(script.breaks(Rule.ONE_REQUEST_ONE_TRANSACTION)).hasSize(1);
    }

    @Test
    void twoRequestsThatWereAnsweredWithOneTransactionAreFound() {
        Script script = Script.approved().and(new Entry.Answered(8, 200, pending()));
        assertThat(script.breaks(Rule.ONE_REQUEST_ONE_TRANSACTION)).isNotEmpty();
    }

    @Test
    void whatWasAcceptedAndIsNotStoredIsFound() {
        Script script =
                new Script().accepted().and(new Entry.Stored(UUID.randomUUID(), 8, "COMPLETED", false, false, false));
        assertThat(script.breaks(Rule.ACCEPTED_IS_STORED)).hasSize(1);
    }

    @Test
    void withoutADatabaseToLookAtNothingIsSaidOfWhatIsStored() {
        assertThat(new Script().accepted().breaks(Rule.ACCEPTED_IS_STORED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 503})
    void whatWasRefusedAndOfferedIsFound(int status) {
        assertThat(new Script().refused(status).offered().breaks(Rule.REFUSED_NEVER_STARTED))
                .hasSize(1);
    }

    @Test
    void whatWasRefusedAndStoredIsFound() {
        assertThat(new Script().refused(503).stored("QUEUED").breaks(Rule.REFUSED_NEVER_STARTED))
                .hasSize(1);
    }

    @Test
    void whatWasRefusedAndStoredAsAbandonedIsInOrder() {
        Script script = new Script()
                .refused(503)
                .and(new Entry.Stored(Script.ID, Script.NUMBER, "COMPLETED", true, false, false));
        assertThat(script.brokenRules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void anAnswerThatLeavesItOpenMayHaveStartedSomething(int status) {
        assertThat(new Script().refused(status).offered().ran().brokenRules()).isEmpty();
    }

    @Test
    void whatRanTwiceIsFound() {
        assertThat(Script.approved().ran().breaks(Rule.RAN_AT_MOST_ONCE)).hasSize(1);
    }

    @Test
    void whatAnOperatorCouldStateOfADeviceThatForgotNothingIsFound() {
        Script script = Script.approved().and(new Entry.Stated(Script.ID, "failed", 200));
        assertThat(script.breaks(Rule.OPERATORS_SPEAK_LAST)).hasSize(1);
        assertThat(script.misbehaved("ForgetJournal[…]").breaks(Rule.OPERATORS_SPEAK_LAST))
                .isEmpty();
    }

    @Test
    void whatAnOperatorStatedNeedsNoWordOfItsDevice() {
        Script script = new Script()
                .accepted()
                .offered()
                .misbehaved("ForgetJournal[…]")
                .and(new Entry.Stated(Script.ID, "failed", 200))
                .polled(2, completed("FAILED", "FAILED"))
                .stored("COMPLETED");
        assertThat(script.brokenRules()).isEmpty();
    }

    @Test
    void whatADeviceForgetsLaterExcusesNothing() {
        Script script = Script.approved()
                .and(new Entry.DeviceStep(Script.DEVICE, Script.ID, "acknowledged Finished"))
                .forgot(UUID.randomUUID())
                .ran();
        assertThat(script.breaks(Rule.RAN_AT_MOST_ONCE)).hasSize(1);
    }

    @Test
    void whatWasCancelledByItsRegisterBeforeItsDeviceHadItNeedsNoWordOfTheDevice() {
        Script script = new Script()
                .accepted()
                .and(new Entry.CancelSent(Script.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .stored("COMPLETED");
        assertThat(script.brokenRules()).isEmpty();
    }

    @Test
    void whatWasCancelledWithoutAWordOfItsDeviceAndRanIsFound() {
        Script script = new Script()
                .accepted()
                .and(new Entry.CancelSent(Script.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .ran();
        assertThat(script.breaks(Rule.NEVER_RAN_IS_CERTAIN)).hasSize(1);
    }

    @Test
    void aDeviceThatRanWithoutGrantMaySaySomethingElseThanItsRegisterWhichCancelled() {
        Script script = new Script()
                .accepted()
                .offered()
                .misbehaved("RunWithoutGrant[]")
                .ran()
                .said("OK-ACCEPTED", "OK")
                .and(new Entry.CancelSent(Script.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .stored("COMPLETED");
        assertThat(script.brokenRules()).isEmpty();
    }

    @Test
    void whatNobodyCancelledIsNotCancelledWithoutAWordOfItsDevice() {
        Script script = new Script().accepted().polled(2, completed("CANCELLED", "CANCELLED"));
        assertThat(script.breaks(Rule.SHOWN_IS_WHAT_THE_DEVICE_SAID)).hasSize(1);
    }

    @Test
    void aDeviceThatWasMadeToForgetMayRunTwice() {
        assertThat(Script.approved().misbehaved("ForgetJournal[…]").ran().breaks(Rule.RAN_AT_MOST_ONCE))
                .isEmpty();
    }

    @Test
    void whatNeverRanForCertainAndRanIsFound() {
        Script script = new Script().accepted().ran().polled(2, completed("CANCELLED", "FAILED-INTERFACE"));
        assertThat(script.breaks(Rule.NEVER_RAN_IS_CERTAIN)).hasSize(1);
    }

    @Test
    void whatNeverRanIsNotTheDevicesToSay() {
        Script script = new Script()
                .accepted()
                .polled(2, completed("CANCELLED", "FAILED-INTERFACE"))
                .stored("COMPLETED");
        assertThat(script.brokenRules()).isEmpty();
    }

    @Test
    void anOutcomeThatTheDeviceDidNotSayIsFound() {
        Script script = new Script().accepted().said("OK-DECLINED", "OK").polled(2, completed("OK-ACCEPTED", "OK"));
        assertThat(script.breaks(Rule.SHOWN_IS_WHAT_THE_DEVICE_SAID)).hasSize(1);
    }

    @Test
    void anAmountThatTheDeviceDidNotSayIsFound() {
        var shown = completed("OK-ACCEPTED", "OK");
        shown.withObject("/data").put("AmountTip", "100");
        Script script = new Script().accepted().said("OK-ACCEPTED", "OK").polled(2, shown);
        assertThat(script.breaks(Rule.SHOWN_IS_WHAT_THE_DEVICE_SAID)).hasSize(1);
    }

    @Test
    void theFirstWordCountsOfADeviceThatWasNotToldToContradictItself() {
        Script script = new Script()
                .accepted()
                .said("OK-ACCEPTED", "OK")
                .said("OK-DECLINED", "OK")
                .polled(2, completed("OK-DECLINED", "OK"));
        assertThat(script.breaks(Rule.SHOWN_IS_WHAT_THE_DEVICE_SAID)).hasSize(1);
        assertThat(script.misbehaved("AnswerTwiceDifferently[…]").breaks(Rule.SHOWN_IS_WHAT_THE_DEVICE_SAID))
                .isEmpty();
    }

    @Test
    void anOutcomeThatChangesIsFound() {
        assertThat(Script.approved().polled(3, completed("OK-DECLINED", "OK")).breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void anOutcomeThatIsTakenBackIsFound() {
        assertThat(Script.approved().polled(3, pending()).breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void aCallbackThatSaysSomethingElseThanPollsIsFound() {
        assertThat(Script.approved()
                        .calledBack(200, completed("FAILED", "FAILED"))
                        .breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void anAnswerThatWasOvertakenByTheNextIsInOrder() {
        assertThat(Script.approved().polledSlowly(2, pending()).brokenRules()).isEmpty();
    }

    @Test
    void whatIsNoLongerDelayedIsFound() {
        Script script = new Script().accepted().polled(2, delayed()).polled(3, pending());
        assertThat(script.breaks(Rule.DELAYED_STAYS_DELAYED)).hasSize(1);
    }

    @Test
    void whatWasDelayedMayEnd() {
        Script script = new Script()
                .accepted()
                .said("OK-ACCEPTED", "OK")
                .polled(2, delayed())
                .polled(3, completed("OK-ACCEPTED", "OK"))
                .stored("COMPLETED");
        assertThat(script.brokenRules()).isEmpty();
    }

    @Test
    void aVersionThatShrinksIsFound() {
        assertThat(new Script()
                        .accepted()
                        .polled(3, pending())
                        .polled(2, pending())
                        .breaks(Rule.VERSIONS_GROW))
                .hasSize(1);
    }

    @Test
    void aVersionThatSaysTwoThingsIsFound() {
        assertThat(new Script()
                        .accepted()
                        .polled(2, pending())
                        .polled(2, delayed())
                        .breaks(Rule.VERSIONS_GROW))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"QUEUED", "STARTED"})
    void whatWasAcceptedAndDoesNotEndIsFound(String phase) {
        assertThat(new Script().accepted().journalled("FINISHED").stored(phase).breaks(Rule.NOTHING_IS_LOST))
                .hasSize(1);
    }

    @Test
    void whatNobodyWasToldOfAndDoesNotEndIsFound() {
        Script script = new Script()
                .sent(false)
                .and(new Entry.Unanswered(Script.NUMBER, "gone"))
                .stored("STARTED");
        assertThat(script.breaks(Rule.NOTHING_IS_LOST)).hasSize(1);
    }

    @Test
    void whatADeviceWasMadeToForgetMayStayDelayedAndVisible() {
        Script forgotten = new Script()
                .accepted()
                .misbehaved("ForgetJournal[…]")
                .and(new Entry.Stored(Script.ID, Script.NUMBER, "STARTED", false, true, true));
        assertThat(forgotten.brokenRules()).isEmpty();
        Script hidden = new Script()
                .accepted()
                .misbehaved("ForgetJournal[…]")
                .and(new Entry.Stored(Script.ID, Script.NUMBER, "STARTED", false, false, true));
        assertThat(hidden.breaks(Rule.NOTHING_IS_LOST)).hasSize(1);
    }

    @Test
    void aDeviceThatWasMadeToForgetHasForgottenItsOtherTransactionsToo() {
        Script script = Script.approved().and(new Entry.Orphaned(Script.ID, "1", "NEVER_SEEN"));
        assertThat(script.breaks(Rule.ALERTS_ARE_PROVOKED)).hasSize(1);
        assertThat(script.forgot(UUID.randomUUID()).breaks(Rule.ALERTS_ARE_PROVOKED))
                .isEmpty();
    }

    @Test
    void aRegisterThatIsNotCalledBackIsFound() {
        Script script = new Script()
                .sent(true)
                .answered(200, pending())
                .calledBack(503, completed("OK-ACCEPTED", "OK"))
                .stored("COMPLETED");
        assertThat(script.breaks(Rule.CALLBACKS_ARRIVE)).hasSize(1);
        assertThat(script.calledBack(200, completed("OK-ACCEPTED", "OK")).breaks(Rule.CALLBACKS_ARRIVE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500})
    void anAnswerThatNobodyExpectsIsFound(int status) {
        assertThat(new Script().refused(status).breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
        assertThat(new Script()
                        .and(new Entry.Polled(Script.ID, 0, status, pending()))
                        .breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
    }

    @Test
    void anAlertThatNoDeviceProvokedIsFound() {
        Script script = Script.approved().and(new Entry.Orphaned(Script.ID, "1", "CONTRADICTS_OUTCOME"));
        assertThat(script.breaks(Rule.ALERTS_ARE_PROVOKED)).hasSize(1);
        assertThat(script.misbehaved("AnswerTwiceDifferently[…]").breaks(Rule.ALERTS_ARE_PROVOKED))
                .isEmpty();
    }

    @Test
    void anEventThatDoesNotLeaveIsFound() {
        assertThat(new Script()
                        .and(new Entry.Unpublished("pairing-service", 0))
                        .and(new Entry.Unpublished("transaction-service", 2))
                        .breaks(Rule.EVENTS_LEAVE))
                .hasSize(1);
    }

    @Test
    void aDeadLetterIsFound() {
        assertThat(new Script()
                        .and(new Entry.DeadLetter("device-events.dlq", "1", "because"))
                        .breaks(Rule.NO_DEAD_LETTERS))
                .hasSize(1);
    }

    @ParameterizedTest(name = "started {0}, delayed {1}, finished {2}, looked at {3}: breaks it {4}")
    @CsvSource({
        "  1,    ,   5, 200, false",
        " 21,    ,  30, 200, false",
        " 22,    ,  30, 200, true",
        "   ,    ,  21, 200, false",
        "   ,    ,  22, 200, true",
        "   ,    ,    ,  21, false",
        "   ,    ,    ,  22, true",
        "  1, 111,    , 200, false",
        "  1, 111, 900, 999, false",
        "  1, 112,    , 200, true",
        "  1,    , 111, 200, false",
        "  1,    , 112, 200, true",
        "  1,    ,    , 111, false",
        "  1,    ,    , 112, true"
    })
    void whatLastsTooLongIsFound(Integer started, Integer delayed, Integer finished, int lookedAt, boolean isLate) {
        Script script = new Script().at(lookedAt).dated(started, delayed, finished);
        assertThat(script.breaks(Rule.PHASES_END_IN_TIME)).hasSize(isLate ? 1 : 0);
    }

    @ParameterizedTest(name = "faults from {0} to {1} and from {2} to {3}, the latter recovered at {4}: breaks it {5}")
    @CsvSource({
        " 5, 15, 10, 20, 25, false", // 20 of 41 seconds
        " 5, 15, 10, 20, 24, true",
        " 5,  9, 10, 20, 26, false",
        " 5,  9, 10, 20, 25, true",
        " 5, 60, 10, 20, 21, false",
        "50, 60, 55, 70, 71, true"
    })
    void timeInWhichSomethingWasBrokenDoesNotCount(
            int from, int to, int otherFrom, int otherTo, int recovered, boolean isLate) {
        Script script = new Script()
                .at(from)
                .and(new Entry.FaultBegan(1, "kill-kafka"))
                .at(otherFrom)
                .and(new Entry.FaultBegan(2, "kill-postgres"))
                .at(to)
                .and(new Entry.FaultEnded(1))
                .at(otherTo)
                .and(new Entry.FaultEnded(2))
                .at(recovered)
                .and(new Entry.Recovered(2, 1))
                .at(200)
                .dated(41, null, 45);
        assertThat(script.breaks(Rule.PHASES_END_IN_TIME)).hasSize(isLate ? 1 : 0);
    }

    @Test
    void aFaultThatNeverEndedIsAnExcuseToTheEnd() {
        Script script = new Script()
                .at(5)
                .and(new Entry.FaultBegan(1, "kill-kafka"))
                .at(200)
                .dated(null, null, null);
        assertThat(script.breaks(Rule.PHASES_END_IN_TIME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"899, 1", "900, 0"})
    void aTokenThatExpiresTooEarlyIsFound(int second, int violations) {
        Script script = Script.approved().at(second).and(new Entry.Polled(Script.ID, 0, 401, pending()));
        assertThat(script.breaks(Rule.ANSWERS_ARE_EXPECTED)).hasSize(violations);
    }
}
