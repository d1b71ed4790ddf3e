package dev.terminalcloud.checker.check;

import static dev.terminalcloud.checker.check.HistoryBuilder.completed;
import static dev.terminalcloud.checker.check.HistoryBuilder.delayed;
import static dev.terminalcloud.checker.check.HistoryBuilder.pending;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule finds its violations, and reports nothing else. */
class RuleTest {
    private static final String OTHER_DEVICE = "7000000022";

    @Test
    void purchaseAsItShouldBeBreaksNothing() {
        assertThat(HistoryBuilder.approved().brokenRules()).isEmpty();
    }

    @Test
    void requestThatStartedTwoTransactionsIsFound() {
        HistoryBuilder history =
                HistoryBuilder.approved().and(new HistoryEntry.Offered("1", UUID.randomUUID(), HistoryBuilder.NUMBER));
        assertThat(history.breaks(Rule.ONE_REQUEST_ONE_TRANSACTION)).hasSize(1);
    }

    @Test
    void twoRequestsThatWereAnsweredWithOneTransactionAreFound() {
        HistoryBuilder history = HistoryBuilder.approved().and(new HistoryEntry.Answered(8, 200, pending()));
        assertThat(history.breaks(Rule.ONE_REQUEST_ONE_TRANSACTION)).isNotEmpty();
    }

    @Test
    void acceptedButNotStoredTransactionIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .and(new HistoryEntry.Stored(UUID.randomUUID(), 8, "COMPLETED", false, false, false));
        assertThat(history.breaks(Rule.ACCEPTED_IS_STORED)).hasSize(1);
    }

    @Test
    void withoutADatabaseStorageIsNotJudged() {
        assertThat(new HistoryBuilder().accepted().breaks(Rule.ACCEPTED_IS_STORED))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 503})
    void refusedButOfferedTransactionIsFound(int status) {
        assertThat(new HistoryBuilder().refused(status).offered().breaks(Rule.REFUSED_NEVER_STARTED))
                .hasSize(1);
    }

    @Test
    void refusedButStoredTransactionIsFound() {
        assertThat(new HistoryBuilder().refused(503).stored("QUEUED").breaks(Rule.REFUSED_NEVER_STARTED))
                .hasSize(1);
    }

    @Test
    void refusedAndAbandonedTransactionIsAllowed() {
        HistoryBuilder history = new HistoryBuilder()
                .refused(503)
                .and(new HistoryEntry.Stored(
                        HistoryBuilder.ID, HistoryBuilder.NUMBER, "COMPLETED", true, false, false));
        assertThat(history.brokenRules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 504})
    void inconclusiveResponseMayHaveStartedATransaction(int status) {
        assertThat(new HistoryBuilder().refused(status).offered().ran().brokenRules())
                .isEmpty();
    }

    @Test
    void startOnThePreviousDeviceIsFound() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .paired("merchant", OTHER_DEVICE, 200)
                .accepted()
                .offered();
        assertThat(script.breaks(Rule.START_FOLLOWS_PAIRING)).hasSize(1);
    }

    @Test
    void startOnThePairedDeviceBreaksNothing() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", OTHER_DEVICE, 200)
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .paired("merchant", OTHER_DEVICE, 400)
                .accepted()
                .offered();
        assertThat(script.breaks(Rule.START_FOLLOWS_PAIRING)).isEmpty();
    }

    @Test
    void pairingAfterTheStartDoesNotCount() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .accepted()
                .paired("merchant", OTHER_DEVICE, 200)
                .offered();
        assertThat(script.breaks(Rule.START_FOLLOWS_PAIRING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 502, 503, 504})
    void afterAPairingWithoutAnAnswerEitherDeviceIsRight(int status) {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", OTHER_DEVICE, 200)
                .paired("merchant", HistoryBuilder.DEVICE, status)
                .paired("merchant", OTHER_DEVICE, 200)
                .accepted()
                .offered();
        assertThat(script.breaks(Rule.START_FOLLOWS_PAIRING)).isEmpty();
    }

    @Test
    void pairingThatWasRepeatedUntilItsAnswerIsCertain() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .paired("merchant", OTHER_DEVICE, 503)
                .paired("merchant", OTHER_DEVICE, 200)
                .accepted()
                .offered();
        assertThat(script.breaks(Rule.START_FOLLOWS_PAIRING)).hasSize(1);
    }

    @Test
    void startOfARegisterThatHasLostItsDeviceIsFound() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .paired("other", HistoryBuilder.DEVICE, 200)
                .accepted();
        assertThat(script.breaks(Rule.ENDED_PAIRING_IS_REFUSED)).hasSize(1);
    }

    @Test
    void registerThatMayHaveItsDeviceMayBeAccepted() {
        HistoryBuilder script = new HistoryBuilder()
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .paired("other", HistoryBuilder.DEVICE, 503)
                .accepted();
        assertThat(script.breaks(Rule.ENDED_PAIRING_IS_REFUSED)).isEmpty();
    }

    @Test
    void connectedDeviceThatGotNoOfferIsFound() {
        HistoryBuilder script = connectedDeviceWithoutOffer();
        assertThat(script.breaks(Rule.ONLINE_DEVICE_IS_REACHED)).hasSize(1);
    }

    @Test
    void deviceThatWasDisconnectedMeanwhileNeedNotBeReached() {
        HistoryBuilder script = new HistoryBuilder()
                .connectivity("Connected")
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .accepted()
                .connectivity("unplugged")
                .polled(2, completed("CANCELLED", "FAILED-INTERFACE"));
        assertThat(script.breaks(Rule.ONLINE_DEVICE_IS_REACHED)).isEmpty();
    }

    @Test
    void deviceThatIsDisconnectedLaterShouldHaveBeenReached() {
        HistoryBuilder script = connectedDeviceWithoutOffer().connectivity("unplugged");
        assertThat(script.breaks(Rule.ONLINE_DEVICE_IS_REACHED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"kill-kafka, 1", "data-loss-kafka, 0"})
    void offerMayBeLostForAWhileAfterKafkaHasLostItsData(String fault, int violations) {
        HistoryBuilder script = connectedDeviceWithoutOffer(new HistoryBuilder()
                .at(5)
                .and(new FaultEntry.FaultBegan(1, fault))
                .at(10)
                .and(new FaultEntry.FaultEnded(1))
                .at(12));
        assertThat(script.breaks(Rule.ONLINE_DEVICE_IS_REACHED)).hasSize(violations);
    }

    private static HistoryBuilder connectedDeviceWithoutOffer() {
        return connectedDeviceWithoutOffer(new HistoryBuilder());
    }

    private static HistoryBuilder connectedDeviceWithoutOffer(HistoryBuilder before) {
        return before.connectivity("Connected")
                .paired("merchant", HistoryBuilder.DEVICE, 200)
                .accepted()
                .at(20)
                .polled(2, completed("CANCELLED", "FAILED-INTERFACE"));
    }

    @Test
    void paymentThatRanTwiceIsFound() {
        assertThat(HistoryBuilder.approved().ran().breaks(Rule.RAN_AT_MOST_ONCE))
                .hasSize(1);
    }

    @Test
    void resolutionOfADeviceThatKeptItsJournalIsFound() {
        HistoryBuilder history =
                HistoryBuilder.approved().and(new HistoryEntry.ManuallyResolved(HistoryBuilder.ID, "failed", 200));
        assertThat(history.breaks(Rule.MANUAL_RESOLUTION_IS_LAST_RESORT)).hasSize(1);
        assertThat(history.misbehaved("ForgetJournal[…]").breaks(Rule.MANUAL_RESOLUTION_IS_LAST_RESORT))
                .isEmpty();
    }

    @Test
    void manualResolutionNeedsNoDeviceReport() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .offered()
                .misbehaved("ForgetJournal[…]")
                .and(new HistoryEntry.ManuallyResolved(HistoryBuilder.ID, "failed", 200))
                .polled(2, completed("FAILED", "FAILED"))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void laterJournalLossExcusesNothing() {
        HistoryBuilder history = HistoryBuilder.approved()
                .and(new HistoryEntry.DeviceStep(HistoryBuilder.DEVICE, HistoryBuilder.ID, "acknowledged Finished"))
                .lostJournal(UUID.randomUUID())
                .ran();
        assertThat(history.breaks(Rule.RAN_AT_MOST_ONCE)).hasSize(1);
    }

    @Test
    void lateOfferOfForgottenTransactionMayBeRefused() {
        HistoryBuilder history = HistoryBuilder.approved()
                .and(new HistoryEntry.DeviceStep(HistoryBuilder.DEVICE, HistoryBuilder.ID, "acknowledged Finished"))
                .lostJournal(UUID.randomUUID())
                .and(new HistoryEntry.DiscrepancyRecorded(HistoryBuilder.ID, "1", "CONTRADICTS_OUTCOME"));
        assertThat(history.breaks(Rule.ALERTS_HAVE_A_CAUSE)).hasSize(1);
        assertThat(history.and(new HistoryEntry.DeviceStep(HistoryBuilder.DEVICE, HistoryBuilder.ID, "received Offer"))
                        .breaks(Rule.ALERTS_HAVE_A_CAUSE))
                .isEmpty();
    }

    @Test
    void earlyCancellationNeedsNoDeviceReport() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .and(new HistoryEntry.CancelSent(HistoryBuilder.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void cancelledButRunTransactionIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .and(new HistoryEntry.CancelSent(HistoryBuilder.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .ran();
        assertThat(history.breaks(Rule.NEVER_RAN_IS_CERTAIN)).hasSize(1);
    }

    @Test
    void deviceThatRanWithoutGrantMayContradictACancellation() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .offered()
                .misbehaved("RunWithoutGrant[]")
                .ran()
                .reported("OK-ACCEPTED", "OK")
                .and(new HistoryEntry.CancelSent(HistoryBuilder.ID))
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void cancellationWithoutRequestOrReportIsFound() {
        HistoryBuilder history = new HistoryBuilder().accepted().polled(2, completed("CANCELLED", "CANCELLED"));
        assertThat(history.breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT)).hasSize(1);
    }

    @Test
    void deviceThatLostItsJournalMayRunTwice() {
        assertThat(HistoryBuilder.approved()
                        .misbehaved("ForgetJournal[…]")
                        .ran()
                        .breaks(Rule.RAN_AT_MOST_ONCE))
                .isEmpty();
    }

    @Test
    void neverRunButRunTransactionIsFound() {
        HistoryBuilder history =
                new HistoryBuilder().accepted().ran().polled(2, completed("CANCELLED", "FAILED-INTERFACE"));
        assertThat(history.breaks(Rule.NEVER_RAN_IS_CERTAIN)).hasSize(1);
    }

    @Test
    void failedInterfaceNeedsNoDeviceReport() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .polled(2, completed("CANCELLED", "FAILED-INTERFACE"))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void outcomeThatTheDeviceDidNotReportIsFound() {
        HistoryBuilder history =
                new HistoryBuilder().accepted().reported("OK-DECLINED", "OK").polled(2, completed("OK-ACCEPTED", "OK"));
        assertThat(history.breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT)).hasSize(1);
    }

    @Test
    void amountThatTheDeviceDidNotReportIsFound() {
        var shown = completed("OK-ACCEPTED", "OK");
        shown.withObject("/data").put("AmountTip", "100");
        HistoryBuilder history =
                new HistoryBuilder().accepted().reported("OK-ACCEPTED", "OK").polled(2, shown);
        assertThat(history.breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT)).hasSize(1);
    }

    @Test
    void firstReportCountsUnlessContradictionWasInjected() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .reported("OK-ACCEPTED", "OK")
                .reported("OK-DECLINED", "OK")
                .polled(2, completed("OK-DECLINED", "OK"));
        assertThat(history.breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT)).hasSize(1);
        assertThat(history.misbehaved("AnswerTwiceDifferently[…]").breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT))
                .isEmpty();
    }

    @Test
    void outcomeThatChangesIsFound() {
        assertThat(HistoryBuilder.approved()
                        .polled(3, completed("OK-DECLINED", "OK"))
                        .breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void outcomeThatIsTakenBackIsFound() {
        assertThat(HistoryBuilder.approved().polled(3, pending()).breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void answerToLateCancellationIsNoChange() {
        assertThat(HistoryBuilder.approved()
                        .polled(3, cancelled("TOO-LATE"))
                        .polled(3, completed("OK-ACCEPTED", "OK"))
                        .breaks(Rule.FINAL_IS_FINAL))
                .isEmpty();
    }

    @Test
    void cancellationThatChangesAfterTheEndIsFound() {
        assertThat(HistoryBuilder.approved()
                        .polled(3, cancelled("TOO-LATE"))
                        .polled(3, cancelled("DONE"))
                        .breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    private static ObjectNode cancelled(String cancellation) {
        ObjectNode body = completed("OK-ACCEPTED", "OK");
        body.withObject("/data").put("Cancellation", cancellation);
        return body;
    }

    @Test
    void callbackThatContradictsPollsIsFound() {
        assertThat(HistoryBuilder.approved()
                        .calledBack(200, completed("FAILED", "FAILED"))
                        .breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    @Test
    void answerThatWasOvertakenByTheNextIsInOrder() {
        assertThat(HistoryBuilder.approved().polledSlowly(2, pending()).brokenRules())
                .isEmpty();
    }

    @Test
    void delayThatDisappearsIsFound() {
        HistoryBuilder history =
                new HistoryBuilder().accepted().polled(2, delayed()).polled(3, pending());
        assertThat(history.breaks(Rule.DELAYED_STAYS_DELAYED)).hasSize(1);
    }

    @Test
    void delayedTransactionMayEnd() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .reported("OK-ACCEPTED", "OK")
                .polled(2, delayed())
                .polled(3, completed("OK-ACCEPTED", "OK"))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void versionThatShrinksIsFound() {
        assertThat(new HistoryBuilder()
                        .accepted()
                        .polled(3, pending())
                        .polled(2, pending())
                        .breaks(Rule.VERSIONS_GROW))
                .hasSize(1);
    }

    @Test
    void versionWithTwoContentsIsFound() {
        assertThat(new HistoryBuilder()
                        .accepted()
                        .polled(2, pending())
                        .polled(2, delayed())
                        .breaks(Rule.VERSIONS_GROW))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"QUEUED", "STARTED"})
    void acceptedTransactionThatNeverEndsIsFound(String phase) {
        assertThat(new HistoryBuilder()
                        .accepted()
                        .journalled("FINISHED")
                        .stored(phase)
                        .breaks(Rule.ALL_TRANSACTIONS_END))
                .hasSize(1);
    }

    @Test
    void unansweredTransactionThatNeverEndsIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .sent(false)
                .and(new HistoryEntry.Unanswered(HistoryBuilder.NUMBER, "gone"))
                .stored("STARTED");
        assertThat(history.breaks(Rule.ALL_TRANSACTIONS_END)).hasSize(1);
    }

    @Test
    void transactionWithLostJournalMayStayDelayed() {
        HistoryBuilder delayed = new HistoryBuilder()
                .accepted()
                .misbehaved("ForgetJournal[…]")
                .and(new HistoryEntry.Stored(HistoryBuilder.ID, HistoryBuilder.NUMBER, "STARTED", false, true, true));
        assertThat(delayed.brokenRules()).isEmpty();
        HistoryBuilder hidden = new HistoryBuilder()
                .accepted()
                .misbehaved("ForgetJournal[…]")
                .and(new HistoryEntry.Stored(HistoryBuilder.ID, HistoryBuilder.NUMBER, "STARTED", false, false, true));
        assertThat(hidden.breaks(Rule.ALL_TRANSACTIONS_END)).hasSize(1);
    }

    @Test
    void journalLossAffectsAllTransactionsOfTheDevice() {
        HistoryBuilder history = HistoryBuilder.approved()
                .and(new HistoryEntry.DiscrepancyRecorded(HistoryBuilder.ID, "1", "NEVER_SEEN"));
        assertThat(history.breaks(Rule.ALERTS_HAVE_A_CAUSE)).hasSize(1);
        assertThat(history.lostJournal(UUID.randomUUID()).breaks(Rule.ALERTS_HAVE_A_CAUSE))
                .isEmpty();
    }

    @Test
    void registerThatIsNotCalledBackIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .sent(true)
                .answered(200, pending())
                .calledBack(503, completed("OK-ACCEPTED", "OK"))
                .stored("COMPLETED");
        assertThat(history.breaks(Rule.CALLBACKS_ARRIVE)).hasSize(1);
        assertThat(history.calledBack(200, completed("OK-ACCEPTED", "OK")).breaks(Rule.CALLBACKS_ARRIVE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500})
    void unexpectedResponseIsFound(int status) {
        assertThat(new HistoryBuilder().refused(status).breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
        assertThat(new HistoryBuilder()
                        .and(new HistoryEntry.Polled(HistoryBuilder.ID, 0, status, pending()))
                        .breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
    }

    @Test
    void alertThatNoDeviceProvokedIsFound() {
        HistoryBuilder history = HistoryBuilder.approved()
                .and(new HistoryEntry.DiscrepancyRecorded(HistoryBuilder.ID, "1", "CONTRADICTS_OUTCOME"));
        assertThat(history.breaks(Rule.ALERTS_HAVE_A_CAUSE)).hasSize(1);
        assertThat(history.misbehaved("AnswerTwiceDifferently[…]").breaks(Rule.ALERTS_HAVE_A_CAUSE))
                .isEmpty();
    }

    @Test
    void eventThatDoesNotLeaveIsFound() {
        assertThat(new HistoryBuilder()
                        .and(new HistoryEntry.OutboxPending("pairing-service", 0))
                        .and(new HistoryEntry.OutboxPending("transaction-service", 2))
                        .breaks(Rule.OUTBOX_DRAINS))
                .hasSize(1);
    }

    @Test
    void deadLetterIsFound() {
        assertThat(new HistoryBuilder()
                        .and(new HistoryEntry.DeadLetterFound("device-events.dlq", "1", "because"))
                        .breaks(Rule.NO_DEAD_LETTERS))
                .hasSize(1);
    }

    @ParameterizedTest(name = "started {0}, delayed {1}, finished {2}, checked at {3}: violation {4}")
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
    void phaseThatLastsTooLongIsFound(
            Integer started, Integer delayed, Integer finished, int checkedAt, boolean isLate) {
        HistoryBuilder history = new HistoryBuilder().at(checkedAt).dated(started, delayed, finished);
        assertThat(history.breaks(Rule.PHASES_END_IN_TIME)).hasSize(isLate ? 1 : 0);
    }

    @ParameterizedTest(name = "faults from {0} to {1} and from {2} to {3}, the latter recovered at {4}: violation {5}")
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
        HistoryBuilder history = new HistoryBuilder()
                .at(from)
                .and(new FaultEntry.FaultBegan(1, "kill-kafka"))
                .at(otherFrom)
                .and(new FaultEntry.FaultBegan(2, "kill-postgres"))
                .at(to)
                .and(new FaultEntry.FaultEnded(1))
                .at(otherTo)
                .and(new FaultEntry.FaultEnded(2))
                .at(recovered)
                .and(new FaultEntry.Recovered(2, 1))
                .at(200)
                .dated(41, null, 45);
        assertThat(history.breaks(Rule.PHASES_END_IN_TIME)).hasSize(isLate ? 1 : 0);
    }

    @Test
    void faultThatNeverEndedIsAnExcuseToTheEnd() {
        HistoryBuilder history = new HistoryBuilder()
                .at(5)
                .and(new FaultEntry.FaultBegan(1, "kill-kafka"))
                .at(200)
                .dated(null, null, null);
        assertThat(history.breaks(Rule.PHASES_END_IN_TIME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"899, 1", "900, 0"})
    void tokenThatExpiresTooEarlyIsFound(int second, int violations) {
        HistoryBuilder history =
                HistoryBuilder.approved().at(second).and(new HistoryEntry.Polled(HistoryBuilder.ID, 0, 401, pending()));
        assertThat(history.breaks(Rule.ANSWERS_ARE_EXPECTED)).hasSize(violations);
    }
}
