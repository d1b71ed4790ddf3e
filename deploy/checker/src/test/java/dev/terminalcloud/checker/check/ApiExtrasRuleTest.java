package dev.terminalcloud.checker.check;

import static dev.terminalcloud.checker.check.HistoryBuilder.ID;
import static dev.terminalcloud.checker.check.HistoryBuilder.NUMBER;
import static dev.terminalcloud.checker.check.HistoryBuilder.completed;
import static dev.terminalcloud.checker.check.HistoryBuilder.pending;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.StreamEntry.StreamEnd;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule about what the POS API has beyond the original finds its violations, and reports nothing else. */
class ApiExtrasRuleTest {

    @Test
    void registerThatUsesEverythingBreaksNothing() {
        HistoryBuilder history = new HistoryBuilder()
                .sentWithKey()
                .answered(503, error())
                .sentAgain()
                .answeredAgain(200, delivered(pending(), "QUEUED"))
                .offered()
                .streamOpened(1, null)
                .streamed(1, 2, delivered(pending(), "STARTED"))
                .streamEnded(1, StreamEnd.CUT)
                .cancelSent()
                .cancelAnswered(3, delivered(cancelling("REQUESTED"), "STARTED"))
                .streamOpened(2, 2L)
                .ran()
                .reported("CANCELLED", "CANCELLED")
                .streamed(2, 4, withReference(delivered(cancelled("DONE"), "STARTED")))
                .streamEnded(2, StreamEnd.BY_SERVICE)
                .sentAgain()
                .answeredAgain(
                        200,
                        withPollingUrl(delivered(cancelled("DONE"), "STARTED").put("version", 4)))
                .lookedUp(withPollingUrl(delivered(cancelled("DONE"), "STARTED").put("version", 4)))
                .stored("COMPLETED");
        assertThat(history.brokenRules()).isEmpty();
    }

    // One key, one transaction

    @Test
    void keyThatStartedTwoTransactionsIsFound() {
        assertThat(keyed(200).offered().stored("COMPLETED").breaks(Rule.ONE_KEY_ONE_TRANSACTION))
                .isEmpty();
        UUID other = UUID.randomUUID();
        assertThat(keyed(200).and(new HistoryEntry.Offered("1", other, NUMBER)).breaks(Rule.ONE_KEY_ONE_TRANSACTION))
                .hasSize(1);
        assertThat(keyed(200)
                        .and(new HistoryEntry.Stored(other, NUMBER, "COMPLETED", false, false, false))
                        .breaks(Rule.ONE_KEY_ONE_TRANSACTION))
                .hasSize(1);
        assertThat(keyed(200)
                        .and(new HistoryEntry.Stored(other, NUMBER, "COMPLETED", true, false, false))
                        .breaks(Rule.ONE_KEY_ONE_TRANSACTION))
                .as("abandoned")
                .isEmpty();
    }

    @Test
    void twoRequestsOfOneKeyThatStartedTwoTransactionsAreFound() {
        UUID other = UUID.randomUUID();
        HistoryBuilder history = keyed(200)
                .and(new HistoryEntry.Sent(8, "merchant", "POLLING", "Card.Purchase", false, "key"))
                .and(new HistoryEntry.Offered("1", other, 8));
        assertThat(history.breaks(Rule.ONE_KEY_ONE_TRANSACTION)).hasSize(1);
    }

    @Test
    void keyOfAnotherRegisterIsAnotherKey() {
        HistoryBuilder history = keyed(200)
                .and(new HistoryEntry.Sent(8, "other", "POLLING", "Card.Purchase", false, "key"))
                .and(new HistoryEntry.Offered("1", UUID.randomUUID(), 8));
        assertThat(history.breaks(Rule.ONE_KEY_ONE_TRANSACTION)).isEmpty();
    }

    @Test
    void keyWhoseTransactionRanTwiceIsFound() {
        assertThat(keyed(200).ran().breaks(Rule.ONE_KEY_ONE_TRANSACTION)).isEmpty();
        assertThat(keyed(200).ran().ran().breaks(Rule.ONE_KEY_ONE_TRANSACTION)).hasSize(1);
        assertThat(keyed(200).ran().ran().misbehaved("ForgetJournal[…]").breaks(Rule.ONE_KEY_ONE_TRANSACTION))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 0", "400, 1", "422, 1", "429, 1"})
    void repetitionThatIsRejectedAfterSuccessIsFound(int status, int violations) {
        HistoryBuilder history = keyed(200).sentAgain().answeredAgain(status, status == 200 ? pending() : error());
        assertThat(history.breaks(Rule.ONE_KEY_ONE_TRANSACTION)).hasSize(violations);
    }

    @Test
    void repetitionThatWasSentBeforeTheSuccessMayBeRejected() {
        HistoryBuilder history = new HistoryBuilder()
                .sentWithKey()
                .sentAgain()
                .answered(200, pending())
                .and(new HistoryEntry.Answered(NUMBER, 429, error(), 1));
        assertThat(history.brokenRules())
                .isEqualTo(new HistoryBuilder().accepted().brokenRules());
    }

    @Test
    void startThatIsAcceptedAfterARejectionIsNoRejectedOne() {
        HistoryBuilder accepted =
                keyed(503).sentAgain().answeredAgain(200, pending()).offered();
        assertThat(accepted.breaks(Rule.REFUSED_NEVER_STARTED)).isEmpty();
        HistoryBuilder unclear = keyed(503)
                .sentAgain()
                .and(new HistoryEntry.Unanswered(NUMBER, "gone"))
                .offered();
        assertThat(unclear.breaks(Rule.REFUSED_NEVER_STARTED)).isEmpty();
        HistoryBuilder rejected =
                keyed(503).sentAgain().answeredAgain(503, error()).offered();
        assertThat(rejected.breaks(Rule.REFUSED_NEVER_STARTED)).hasSize(1);
    }

    @Test
    void repeatedAnswersOfOneRequestAreOneTransaction() {
        HistoryBuilder history = keyed(200).sentAgain().answeredAgain(200, pending());
        assertThat(history.breaks(Rule.ONE_REQUEST_ONE_TRANSACTION)).isEmpty();
    }

    @Test
    void repeatedAnswerThatTakesTheOutcomeBackIsFound() {
        HistoryBuilder history =
                keyed(200).polled(3, completed("OK-ACCEPTED", "OK")).sentAgain().answeredAgain(200, pending());
        assertThat(history.breaks(Rule.FINAL_IS_FINAL)).hasSize(1);
    }

    // Cancellations

    @ParameterizedTest(name = "{0} then {1}: violation {2}")
    @CsvSource({
        "REQUESTED, REQUESTED, false",
        "REQUESTED, TOO-LATE, false",
        "REQUESTED, UNANSWERED, false",
        "REQUESTED, , true",
        "TOO-LATE, TOO-LATE, false",
        "TOO-LATE, REQUESTED, true",
        "TOO-LATE, UNANSWERED, true",
        "TOO-LATE, , true",
        "UNANSWERED, REQUESTED, true",
        "UNANSWERED, TOO-LATE, true",
        "UNANSWERED, , true"
    })
    void cancellationThatChangesIsFound(String before, String after, boolean isBroken) {
        HistoryBuilder history = cancelRequested()
                .polled(3, cancelling(before))
                .polled(4, after == null ? pending() : cancelling(after));
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).hasSize(isBroken ? 1 : 0);
    }

    @Test
    void unansweredCancellationMayBeRequestedAgain() {
        HistoryBuilder history = cancelRequested()
                .polled(3, cancelling("UNANSWERED"))
                .cancelSent()
                .cancelAnswered(4, cancelling("REQUESTED"));
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).isEmpty();
    }

    @Test
    void lateAnswerThatChangesAResolvedCancellationIsFound() {
        assertThat(cancelRequested()
                        .polled(3, cancelling("UNANSWERED"))
                        .and(new HistoryEntry.DeviceStep("1", ID, "sent CancelRefused"))
                        .polled(4, cancelling("TOO-LATE"))
                        .breaks(Rule.CANCELLATIONS_RESOLVE))
                .hasSize(1);
        for (String resolved : List.of("UNANSWERED", "TOO-LATE")) {
            HistoryBuilder stopped = cancelRequested().polled(3, cancelling(resolved));
            assertThat(stopped.polled(4, cancelled(resolved)).breaks(Rule.CANCELLATIONS_RESOLVE))
                    .as("ended as cancelled after %s", resolved)
                    .isEmpty();
            assertThat(stopped.polled(5, cancelled("DONE")).breaks(Rule.CANCELLATIONS_RESOLVE))
                    .hasSize(1);
        }
    }

    @Test
    void doneCancellationOfARunningTransactionIsFound() {
        assertThat(cancelRequested().polled(3, cancelling("DONE")).breaks(Rule.CANCELLATIONS_RESOLVE))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"REQUESTED, true", "DONE, true", "TOO-LATE, false", "UNANSWERED, false"})
    void cancellationThatContradictsTheOutcomeIsFound(String cancellation, boolean isBroken) {
        ObjectNode approved = completed("OK-ACCEPTED", "OK");
        approved.withObject("/data").put("Cancellation", cancellation);
        assertThat(cancelRequested().polled(3, approved).breaks(Rule.CANCELLATIONS_RESOLVE))
                .hasSize(isBroken ? 1 : 0);
    }

    @Test
    void answerToALateCancellationIsAboutThatRequestOnly() {
        ObjectNode tooLate = completed("OK-ACCEPTED", "OK");
        tooLate.withObject("/data").put("Cancellation", "TOO-LATE");
        HistoryBuilder history = HistoryBuilder.approved()
                .cancelSent()
                .cancelAnswered(3, tooLate)
                .polled(3, completed("OK-ACCEPTED", "OK"));
        assertThat(history.brokenRules()).isEmpty();
    }

    @Test
    void lateCancellationExcusesNoUnreportedOutcome() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .polled(2, completed("CANCELLED", "CANCELLED"))
                .cancelSent()
                .cancelAnswered(2, cancelled("DONE"));
        assertThat(history.breaks(Rule.OUTCOME_MATCHES_DEVICE_REPORT)).hasSize(1);
    }

    @ParameterizedTest(name = "requested at 1, shown as requested at {0}, fault from {1} to {2}: violation {3}")
    @CsvSource({"21, 99, 99, false", "22, 99, 99, true", "30, 5, 14, false", "31, 5, 14, true"})
    void cancellationThatIsNotResolvedInTimeIsFound(int second, int from, int to, boolean isBroken) {
        HistoryBuilder history = cancelRequested()
                .at(from)
                .and(new FaultEntry.FaultBegan(1, "kill-kafka"))
                .at(to)
                .and(new FaultEntry.FaultEnded(1))
                .at(second)
                .polled(4, cancelling("REQUESTED"));
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).hasSize(isBroken ? 1 : 0);
    }

    @Test
    void timeOfACancellationBeginsAgainWithTheNextRequest() {
        HistoryBuilder history = cancelRequested()
                .at(20)
                .cancelSent()
                .cancelAnswered(4, cancelling("REQUESTED"))
                .at(40)
                .polled(4, cancelling("REQUESTED"));
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).isEmpty();
        assertThat(history.at(41).polled(4, cancelling("REQUESTED")).breaks(Rule.CANCELLATIONS_RESOLVE))
                .hasSize(1);
    }

    @Test
    void answerWithoutTheStateOfTheCancellationIsFound() {
        HistoryBuilder history = new HistoryBuilder().accepted().cancelSent().cancelAnswered(2, pending());
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).hasSize(1);
    }

    @Test
    void cancellationThatWasNotRequestedIsFound() {
        assertThat(new HistoryBuilder()
                        .accepted()
                        .polled(2, cancelling("REQUESTED"))
                        .breaks(Rule.CANCELLATIONS_RESOLVE))
                .hasSize(1);
    }

    @Test
    void paymentThatRanAlthoughCancelledAtOnceIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .cancelSent()
                .cancelAnswered(2, delivered(cancelled("DONE"), "NOT-STARTED"))
                .ran();
        assertThat(history.breaks(Rule.CANCELLATIONS_RESOLVE)).hasSize(1);
        assertThat(history.misbehaved("RunWithoutGrant[]").breaks(Rule.CANCELLATIONS_RESOLVE))
                .isEmpty();
    }

    // Streams

    @ParameterizedTest
    @CsvSource({"2, 3, false", "3, 3, true", "3, 2, true"})
    void streamThatIsNotInOrderIsFound(long first, long second, boolean isBroken) {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .streamOpened(1, null)
                .streamed(1, first, pending())
                .streamed(1, second, pending());
        assertThat(history.breaks(Rule.STREAM_IN_ORDER)).hasSize(isBroken ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void resumedStreamThatShowsWhatWasSeenIsFound(long version, boolean isBroken) {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .streamOpened(1, null)
                .streamed(1, 2, pending())
                .streamEnded(1, StreamEnd.LOST)
                .streamOpened(2, 2L)
                .streamed(2, version, pending());
        assertThat(history.breaks(Rule.STREAM_IN_ORDER)).hasSize(isBroken ? 1 : 0);
    }

    @Test
    void eventWithAnotherVersionThanItsIdIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .streamOpened(1, null)
                .and(new StreamEntry.Streamed(ID, 1, 2, 3, pending().put("version", 2)));
        assertThat(history.breaks(Rule.STREAM_IN_ORDER)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(StreamEnd.class)
    void streamThatNeverShowsTheEndIsFound(StreamEnd reason) {
        boolean isBroken = reason == StreamEnd.GIVEN_UP || reason == StreamEnd.BY_SERVICE;
        HistoryBuilder history = HistoryBuilder.approved().streamOpened(1, null).streamEnded(1, reason);
        assertThat(history.breaks(Rule.STREAM_IN_ORDER)).hasSize(isBroken ? 1 : 0);
        HistoryBuilder resumed = history.streamOpened(2, null).streamed(2, 3, completed("OK-ACCEPTED", "OK"));
        assertThat(resumed.breaks(Rule.STREAM_IN_ORDER)).isEmpty();
    }

    @Test
    void serviceMayEndAStreamBeforeTheEnd() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .streamOpened(1, null)
                .streamed(1, 2, pending())
                .streamEnded(1, StreamEnd.BY_SERVICE)
                .polled(3, completed("OK-ACCEPTED", "OK"));
        assertThat(history.breaks(Rule.STREAM_IN_ORDER)).isEmpty();
    }

    @Test
    void resumedStreamThatContradictsAPollIsFound() {
        HistoryBuilder history =
                HistoryBuilder.approved().streamOpened(1, null).streamed(1, 3, completed("OK-DECLINED", "OK"));
        assertThat(history.breaks(Rule.FINAL_IS_FINAL)).hasSize(1);
    }

    @Test
    void eventThatWasOvertakenByAPollIsInOrder() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .streamOpened(1, null)
                .polled(3, pending())
                .streamed(1, 2, pending());
        assertThat(history.breaks(Rule.VERSIONS_GROW)).isEmpty();
    }

    // Delivery

    @Test
    void notStartedButRunTransactionIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .ran()
                .polled(2, delivered(completed("CANCELLED", "FAILED-INTERFACE"), "NOT-STARTED"));
        assertThat(history.breaks(Rule.NOT_STARTED_NEVER_RAN)).hasSize(1);
        assertThat(history.misbehaved("RunWithoutGrant[]").breaks(Rule.NOT_STARTED_NEVER_RAN))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} then {1}: violation {2}")
    @CsvSource({
        "QUEUED, QUEUED, false",
        "QUEUED, SENT, false",
        "QUEUED, STARTED, false",
        "QUEUED, NOT-STARTED, false",
        "SENT, QUEUED, true",
        "SENT, STARTED, false",
        "SENT, NOT-STARTED, false",
        "STARTED, QUEUED, true",
        "STARTED, SENT, true",
        "STARTED, NOT-STARTED, false",
        "NOT-STARTED, QUEUED, true",
        "NOT-STARTED, SENT, true",
        "NOT-STARTED, STARTED, true",
        "STARTED, , true",
        ", STARTED, false"
    })
    void deliveryThatGoesBackIsFound(String before, String after, boolean isBroken) {
        HistoryBuilder history = new HistoryBuilder()
                .accepted()
                .polled(2, delivered(pending(), before))
                .polled(3, delivered(pending(), after));
        assertThat(history.breaks(Rule.NOT_STARTED_NEVER_RAN)).hasSize(isBroken ? 1 : 0);
    }

    // Look-ups

    @Test
    void lookUpThatDoesNotFindItsTransactionIsFound() {
        assertThat(HistoryBuilder.approved().lookedUp().breaks(Rule.LOOK_UPS_ARE_EXACT))
                .hasSize(1);
    }

    @Test
    void lookUpThatFindsTheTransactionOfAnotherRequestIsFound() {
        ObjectNode other =
                withPollingUrl(pending()).put("transactionId", UUID.randomUUID().toString());
        assertThat(HistoryBuilder.approved()
                        .lookedUp(withPollingUrl(completed("OK-ACCEPTED", "OK")), other)
                        .breaks(Rule.LOOK_UPS_ARE_EXACT))
                .hasSize(1);
    }

    @Test
    void lookUpThatFindsARejectedRequestIsFound() {
        HistoryBuilder history = new HistoryBuilder()
                .refused(429)
                .and(new HistoryEntry.Stored(UUID.randomUUID(), 8, "COMPLETED", false, false, false))
                .lookedUp(withPollingUrl(pending()));
        assertThat(history.breaks(Rule.LOOK_UPS_ARE_EXACT)).hasSize(1);
    }

    @Test
    void lookUpWithAnotherReferenceIsFound() {
        ObjectNode shown = withPollingUrl(completed("OK-ACCEPTED", "OK"));
        shown.withObject("/data").put("POSReferenceID", "sale-8");
        assertThat(HistoryBuilder.approved().lookedUp(shown).breaks(Rule.LOOK_UPS_ARE_EXACT))
                .hasSize(1);
    }

    @Test
    void storedTransactionWithoutAnswerIsToBeFound() {
        HistoryBuilder history = new HistoryBuilder()
                .sent(false)
                .and(new HistoryEntry.Unanswered(NUMBER, "gone"))
                .at(31)
                .lookedUp()
                .stored("COMPLETED");
        assertThat(history.breaks(Rule.LOOK_UPS_ARE_EXACT)).isEmpty();
        assertThat(history.dated(null, null, 1).breaks(Rule.LOOK_UPS_ARE_EXACT)).hasSize(1);
    }

    @Test
    void startWhoseCommitIsSlowNeedNotBeFoundYet() {
        HistoryBuilder history = new HistoryBuilder()
                .sent(false)
                .and(new HistoryEntry.Unanswered(NUMBER, "gone"))
                .at(20)
                .lookedUp()
                .offered()
                .stored("COMPLETED")
                .dated(null, null, 1);
        assertThat(history.breaks(Rule.LOOK_UPS_ARE_EXACT)).isEmpty();
    }

    @Test
    void offeredTransactionIsToBeFound() {
        HistoryBuilder history = new HistoryBuilder()
                .sent(false)
                .and(new HistoryEntry.Unanswered(NUMBER, "gone"))
                .offered()
                .at(20)
                .lookedUp()
                .stored("COMPLETED");
        assertThat(history.breaks(Rule.LOOK_UPS_ARE_EXACT)).hasSize(1);
    }

    @Test
    void lookUpThatContradictsTheOutcomeIsFound() {
        assertThat(HistoryBuilder.approved()
                        .lookedUp(withPollingUrl(completed("OK-DECLINED", "OK")))
                        .breaks(Rule.FINAL_IS_FINAL))
                .hasSize(1);
    }

    // Statuses

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500})
    void unexpectedStatusOfALookUpOrStreamIsFound(int status) {
        assertThat(new HistoryBuilder()
                        .and(new HistoryEntry.LookedUp(NUMBER, 0, status, error()))
                        .breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
        assertThat(new HistoryBuilder()
                        .and(new StreamEntry.StreamEnded(ID, 1, status, StreamEnd.BY_SERVICE))
                        .breaks(Rule.ANSWERS_ARE_EXPECTED))
                .hasSize(1);
    }

    @Test
    void pairingTokenDoesNotExpireWithThePollingToken() {
        HistoryBuilder history = HistoryBuilder.approved()
                .at(1_000)
                .and(new HistoryEntry.Polled(ID, 0, 401, error(), HistoryEntry.Purpose.LOOK_UP));
        assertThat(history.breaks(Rule.ANSWERS_ARE_EXPECTED)).hasSize(1);
    }

    private static HistoryBuilder keyed(int status) {
        return new HistoryBuilder().sentWithKey().answered(status, status == 200 ? pending() : error());
    }

    /** At second 1. */
    private static HistoryBuilder cancelRequested() {
        return new HistoryBuilder().accepted().at(1).cancelSent().cancelAnswered(2, cancelling("REQUESTED"));
    }

    private static ObjectNode error() {
        return JsonNodeFactory.instance.objectNode().put("error", "because");
    }

    private static ObjectNode cancelling(String cancellation) {
        ObjectNode body = pending();
        body.withObject("/data").put("Cancellation", cancellation);
        return body;
    }

    private static ObjectNode cancelled(String cancellation) {
        ObjectNode body = completed("CANCELLED", "CANCELLED");
        body.withObject("/data").put("Cancellation", cancellation);
        return body;
    }

    private static ObjectNode delivered(ObjectNode body, String delivery) {
        if (delivery != null) {
            body.withObject("/data").put("Delivery", delivery);
        }
        return body;
    }

    private static ObjectNode withPollingUrl(ObjectNode body) {
        body.withObject("/data").put("PollingUrl", "https://pos.example.com/");
        return withReference(body);
    }

    private static ObjectNode withReference(ObjectNode body) {
        body.withObject("/data").put("POSReferenceID", "sale-" + NUMBER);
        return body;
    }
}
