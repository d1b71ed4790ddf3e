package dev.terminalcloud.checker.check;

import static dev.terminalcloud.checker.check.HistoryBuilder.completed;
import static dev.terminalcloud.checker.check.HistoryBuilder.pending;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule about linked refunds finds its violations, and reports nothing else. The purchase of these histories is one of 700. */
class LinkedRefundRuleTest {
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();
    private static final String ACCEPTED = "OK-ACCEPTED";
    private static final String LEFT = "AmountTotal must be at most %d, which is left of the original transaction";

    private final HistoryBuilder history = HistoryBuilder.approved();

    @Test
    void refundsOfAllThatWasPaidBreakNothing() {
        sends(8, 500).answers(8, FIRST, 500).ends(FIRST, ACCEPTED, 500);
        sends(9, 201).rejects(9, 400, LEFT.formatted(200));
        sends(10, 200).answers(10, SECOND, 200).ends(SECOND, ACCEPTED, 200);
        sends(11, 1).rejects(11, 400, LEFT.formatted(0));
        assertThat(violations()).isZero();
    }

    @Test
    void refundsOfMoreThanWasPaidAreFound() {
        sends(8, 500).sends(9, 201);
        answers(8, FIRST, 500).answers(9, SECOND, 201);
        ends(FIRST, ACCEPTED, 500);
        assertThat(violations()).as("the second is not accepted yet").isZero();
        ends(SECOND, ACCEPTED, 201);
        assertThat(violations()).isEqualTo(1);
    }

    @Test
    void reportedAmountCountsIfItIsLarger() {
        sends(8, 700).answers(8, FIRST, 700).ends(FIRST, ACCEPTED, 701);
        assertThat(violations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK-DECLINED", "CANCELLED", "FAILED"})
    void refundThatGaveNothingBackDoesNotCount(String result) {
        sends(8, 700).answers(8, FIRST, 700).ends(FIRST, result, 700);
        sends(9, 700).answers(9, SECOND, 700).ends(SECOND, ACCEPTED, 700);
        assertThat(violations()).isZero();
    }

    @Test
    void refundOfWhatWasNotPaidIsFound() {
        UUID unknown = UUID.randomUUID();
        history.and(sent(8, unknown, 1));
        answers(8, FIRST, 1).ends(FIRST, ACCEPTED, 1);
        assertThat(violations()).as("the sum and the response").isEqualTo(2);
    }

    @Test
    void cashOfThePurchaseIsNotRefundable() {
        UUID cashOut = UUID.randomUUID();
        ObjectNode purchase = body(cashOut, ACCEPTED, 900);
        purchase.withObject("/data").put("AmountCash", "200");
        history.and(new HistoryEntry.Polled(cashOut, 0, 200, purchase)).and(sent(8, cashOut, 701));
        answers(8, FIRST, 701);
        assertThat(violations()).isEqualTo(1);
    }

    @ParameterizedTest(name = "answered with {0}: violation {1}")
    @CsvSource({"200, true", "401, true", "429, true", "400, false", "502, false", "503, false", "504, false"})
    void moreThanIsLeftIsRejectedForCertain(int status, boolean isBroken) {
        sends(8, 500).answers(8, FIRST, 500).sends(9, 201);
        if (status == 200) {
            answers(9, SECOND, 201).ends(SECOND, "OK-DECLINED", 201);
        } else {
            rejects(9, status, "because");
        }
        assertThat(violations()).as("the outcome of the first is not known").isZero();
        ends(FIRST, ACCEPTED, 500);
        assertThat(violations()).isEqualTo(isBroken ? 1 : 0);
    }

    @Test
    void refundThatWasSentBeforeTheOtherHadAnAnswerMayBeAccepted() {
        sends(8, 500).sends(9, 201);
        answers(8, FIRST, 500).answers(9, SECOND, 201);
        ends(FIRST, ACCEPTED, 500).ends(SECOND, "OK-DECLINED", 201);
        assertThat(violations()).isZero();
    }

    @Test
    void repetitionOfAnAcceptedRefundIsNoSecondOne() {
        sends(8, 700).answers(8, FIRST, 700).ends(FIRST, ACCEPTED, 700);
        history.and(new HistoryEntry.SentAgain(8));
        answers(8, FIRST, 700);
        assertThat(violations()).isZero();
    }

    @Test
    void rejectionOfWhatIsLeftIsFound() {
        sends(8, 500).answers(8, FIRST, 500).ends(FIRST, ACCEPTED, 500);
        sends(9, 200).rejects(9, 400, LEFT.formatted(199));
        assertThat(violations()).isEqualTo(1);
    }

    @Test
    void rejectionAfterARefundThatGaveNothingBackIsFound() {
        sends(8, 500).answers(8, FIRST, 500);
        sends(9, 700).rejects(9, 400, LEFT.formatted(200));
        assertThat(violations()).as("the first may count").isZero();
        ends(FIRST, "OK-DECLINED", 500);
        assertThat(violations()).as("it may have counted then").isZero();
        sends(10, 700).rejects(10, 400, LEFT.formatted(200));
        assertThat(violations()).isEqualTo(1);
    }

    @Test
    void refundWithoutAnAnswerMayCount() {
        sends(8, 500);
        history.and(new HistoryEntry.Unanswered(8, "gone"));
        sends(9, 700).rejects(9, 400, LEFT.formatted(200));
        assertThat(violations()).isZero();
        sends(10, 200).rejects(10, 400, LEFT.formatted(199));
        assertThat(violations()).isEqualTo(1);
    }

    @Test
    void approvedPurchaseThatIsNotFoundIsFound() {
        sends(8, 1)
                .rejects(
                        8,
                        400,
                        "OriginalTransactionId must be a transaction of this register, before its RecordExpiry");
        assertThat(violations()).isEqualTo(1);
    }

    private long violations() {
        return history.breaks(Rule.REFUNDS_NEVER_EXCEED).size();
    }

    private LinkedRefundRuleTest sends(int number, long cents) {
        history.and(sent(number, HistoryBuilder.ID, cents));
        return this;
    }

    private static HistoryEntry sent(int number, UUID original, long cents) {
        return new HistoryEntry.Sent(number, "merchant", "POLLING", "Card.Refund", false, null, original, cents);
    }

    private LinkedRefundRuleTest answers(int number, UUID id, long cents) {
        ObjectNode body = pending().put("transactionId", id.toString());
        body.withObject("/data").put("AmountTotal", Long.toString(cents));
        history.answeredTo(number, 200, body);
        return this;
    }

    private LinkedRefundRuleTest rejects(int number, int status, String error) {
        history.answeredTo(number, status, JsonNodeFactory.instance.objectNode().put("error", error));
        return this;
    }

    private LinkedRefundRuleTest ends(UUID id, String result, long cents) {
        history.polledOf(id, body(id, result, cents));
        return this;
    }

    private static ObjectNode body(UUID id, String result, long cents) {
        ObjectNode body = completed(result, "OK").put("transactionId", id.toString());
        body.withObject("/data").put("AmountTotal", Long.toString(cents));
        return body;
    }
}
