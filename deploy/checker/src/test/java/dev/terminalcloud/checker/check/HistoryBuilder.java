package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Builds a history of one request and its transaction; each entry is a nanosecond later than the previous one. */
final class HistoryBuilder {
    static final UUID ID = UUID.randomUUID();
    static final int NUMBER = 7;

    static final String DEVICE = "7000000021";

    private final List<TimestampedEntry> entries = new ArrayList<>();
    private long millis;
    private long addedNanos;
    private long openedNanos;

    /** An approved purchase without violations. */
    static HistoryBuilder approved() {
        return new HistoryBuilder()
                .accepted()
                .offered()
                .ran()
                .reported("OK-ACCEPTED", "OK")
                .polled(2, pending())
                .polled(3, completed("OK-ACCEPTED", "OK"))
                .journalled("FINISHED")
                .stored("COMPLETED");
    }

    HistoryBuilder and(HistoryEntry entry) {
        entries.add(new TimestampedEntry(addedNanos + entries.size(), millis, entry));
        return this;
    }

    /** Sets the time of the following entries, in seconds since the beginning. */
    HistoryBuilder at(int second) {
        millis = TimeUnit.SECONDS.toMillis(second);
        return this;
    }

    /** Sets the time of the following entries by the checker's monotonic clock, too. */
    HistoryBuilder atNanosOf(int second) {
        addedNanos = TimeUnit.SECONDS.toNanos(second);
        return at(second);
    }

    /** Accepted at the beginning; null for a phase that was never entered. */
    HistoryBuilder dated(Integer startedSecond, Integer delayedSecond, Integer finishedSecond) {
        return and(new HistoryEntry.PhaseTimes(
                ID, 0, millis(startedSecond), millis(delayedSecond), millis(finishedSecond)));
    }

    private static Long millis(Integer second) {
        return second == null ? null : TimeUnit.SECONDS.toMillis(second);
    }

    HistoryBuilder sent(boolean callback) {
        return and(new HistoryEntry.Sent(NUMBER, "merchant", "POLLING", "Card.Purchase", callback));
    }

    HistoryBuilder accepted() {
        return sent(false).answered(200, pending());
    }

    HistoryBuilder answered(int status, ObjectNode body) {
        return and(new HistoryEntry.Answered(NUMBER, status, body));
    }

    HistoryBuilder refused(int status) {
        return sent(false)
                .answered(status, JsonNodeFactory.instance.objectNode().put("error", "because"));
    }

    HistoryBuilder paired(String merchant, String deviceId, int status) {
        return and(new HistoryEntry.Paired(merchant, deviceId, status));
    }

    HistoryBuilder connectivity(String what) {
        return and(new HistoryEntry.DeviceConnectivity(DEVICE, what));
    }

    HistoryBuilder offered() {
        return and(new HistoryEntry.Offered(DEVICE, ID, NUMBER));
    }

    HistoryBuilder ran() {
        return and(new HistoryEntry.PaymentShown(DEVICE, ID));
    }

    HistoryBuilder reported(String transactionResult, String result) {
        return and(new HistoryEntry.DeviceReported(
                DEVICE, ID, new TransactionOutcome(Map.of("TransactionResult", transactionResult, "Result", result))));
    }

    HistoryBuilder misbehaved(String what) {
        return and(new HistoryEntry.Misbehaved(DEVICE, ID, what));
    }

    /** The same device loses its journal in another transaction. */
    HistoryBuilder lostJournal(UUID other) {
        return and(new HistoryEntry.Misbehaved(DEVICE, other, "ForgetJournal[…]"));
    }

    /** Requested after all earlier responses were received. */
    HistoryBuilder polled(long version, ObjectNode body) {
        return and(new HistoryEntry.Polled(ID, entries.size(), 200, body.put("version", version)));
    }

    /** Requested at the very beginning, and received only now. */
    HistoryBuilder polledSlowly(long version, ObjectNode body) {
        return and(new HistoryEntry.Polled(ID, 0, 200, body.put("version", version)));
    }

    HistoryBuilder sentWithKey() {
        return and(new HistoryEntry.Sent(NUMBER, "merchant", "POLLING", "Card.Purchase", false, "key"));
    }

    HistoryBuilder sentAgain() {
        return and(new HistoryEntry.SentAgain(NUMBER));
    }

    /** Requested after all earlier responses were received. */
    HistoryBuilder answeredAgain(int status, ObjectNode body) {
        return and(new HistoryEntry.Answered(NUMBER, status, body, entries.size()));
    }

    /** Requested after all earlier responses were received. */
    HistoryBuilder answeredTo(int number, int status, ObjectNode body) {
        return and(new HistoryEntry.Answered(number, status, body, entries.size()));
    }

    /** Requested after all earlier responses were received. */
    HistoryBuilder polledOf(UUID id, ObjectNode body) {
        return and(new HistoryEntry.Polled(id, entries.size(), 200, body));
    }

    HistoryBuilder cancelSent() {
        return and(new HistoryEntry.CancelSent(ID));
    }

    HistoryBuilder cancelAnswered(long version, ObjectNode body) {
        return and(new HistoryEntry.Polled(
                ID, entries.size(), 200, body.put("version", version), HistoryEntry.Purpose.CANCEL));
    }

    /** @param lastEventId null if the stream is not resumed */
    HistoryBuilder streamOpened(int connection, Long lastEventId) {
        openedNanos = entries.size();
        return and(new StreamEntry.StreamOpened(ID, connection, lastEventId));
    }

    HistoryBuilder streamed(int connection, long version, ObjectNode body) {
        return and(new StreamEntry.Streamed(ID, connection, openedNanos, version, body.put("version", version)));
    }

    HistoryBuilder streamEnded(int connection, StreamEntry.StreamEnd reason) {
        return and(new StreamEntry.StreamEnded(ID, connection, 200, reason));
    }

    /** Requested after all earlier responses were received. */
    HistoryBuilder lookedUp(ObjectNode... found) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("transactions").addAll(List.of(found));
        return and(new HistoryEntry.LookedUp(NUMBER, entries.size(), 200, body));
    }

    HistoryBuilder calledBack(int answeredWith, ObjectNode body) {
        return and(new HistoryEntry.CalledBack(ID, answeredWith, body.put("version", 3)));
    }

    HistoryBuilder journalled(String state) {
        return and(new HistoryEntry.Journalled(DEVICE, ID, state, null));
    }

    HistoryBuilder stored(String phase) {
        return and(new HistoryEntry.Stored(ID, NUMBER, phase, false, false, false));
    }

    List<Violation> breaks(Rule rule) {
        return rule.violations(new HistoryIndex(entries));
    }

    List<String> brokenRules() {
        return Rule.allViolations(new HistoryIndex(entries)).stream()
                .map(Violation::rule)
                .toList();
    }

    static ObjectNode pending() {
        return body("PENDING");
    }

    static ObjectNode delayed() {
        ObjectNode body = body("PENDING");
        body.withObject("/data").put("TransactionResult", "OK-DELAYED").put("Result", "DELAYED-TRANSACTION");
        return body;
    }

    static ObjectNode completed(String transactionResult, String result) {
        ObjectNode body = body("COMPLETED");
        body.withObject("/data").put("TransactionResult", transactionResult).put("Result", result);
        return body;
    }

    private static ObjectNode body(String status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("transactionId", ID.toString()).put("transactionStatus", status);
        body.putObject("data").put("AmountTotal", "700");
        return body;
    }
}
