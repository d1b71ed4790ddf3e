package dev.terminalcloud.checker.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.Entry;
import dev.terminalcloud.checker.history.Outcome;
import dev.terminalcloud.checker.history.Stamped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A history made by hand, of one request and its transaction; each entry is a nanosecond after the one before. */
final class Script {
    static final UUID ID = UUID.randomUUID();
    static final int NUMBER = 7;

    static final String DEVICE = "7000000021";

    private final List<Stamped> entries = new ArrayList<>();
    private long millis;

    /** An approved purchase as it should be, of which everybody agrees. */
    static Script approved() {
        return new Script()
                .accepted()
                .offered()
                .ran()
                .said("OK-ACCEPTED", "OK")
                .polled(2, pending())
                .polled(3, completed("OK-ACCEPTED", "OK"))
                .journalled("FINISHED")
                .stored("COMPLETED");
    }

    Script and(Entry entry) {
        entries.add(new Stamped(entries.size(), millis, entry));
        return this;
    }

    /** What follows happens so many seconds after the beginning. */
    Script at(int second) {
        millis = TimeUnit.SECONDS.toMillis(second);
        return this;
    }

    /** Accepted at the beginning; null for what never happened. */
    Script dated(Integer startedSecond, Integer delayedSecond, Integer finishedSecond) {
        return and(new Entry.Dated(ID, 0, millis(startedSecond), millis(delayedSecond), millis(finishedSecond)));
    }

    private static Long millis(Integer second) {
        return second == null ? null : TimeUnit.SECONDS.toMillis(second);
    }

    Script sent(boolean callback) {
        return and(new Entry.Sent(NUMBER, "shop", "POLLS", "Card.Purchase", callback));
    }

    Script accepted() {
        return sent(false).answered(200, pending());
    }

    Script answered(int status, ObjectNode body) {
        return and(new Entry.Answered(NUMBER, status, body));
    }

    Script refused(int status) {
        return sent(false)
                .answered(status, JsonNodeFactory.instance.objectNode().put("error", "because"));
    }

    Script offered() {
        return and(new Entry.Offered(DEVICE, ID, NUMBER));
    }

    Script ran() {
        return and(new Entry.Ran(DEVICE, ID));
    }

    Script said(String transactionResult, String result) {
        return and(new Entry.DeviceSaid(
                DEVICE, ID, new Outcome(Map.of("TransactionResult", transactionResult, "Result", result))));
    }

    Script misbehaved(String what) {
        return and(new Entry.Misbehaved(DEVICE, ID, what));
    }

    /** The same device, in another transaction. */
    Script forgot(UUID other) {
        return and(new Entry.Misbehaved(DEVICE, other, "ForgetJournal[…]"));
    }

    /** Asked after everything before was told. */
    Script polled(long version, ObjectNode body) {
        return and(new Entry.Polled(ID, entries.size(), 200, body.put("version", version)));
    }

    /** Asked at the very beginning, and told only now. */
    Script polledSlowly(long version, ObjectNode body) {
        return and(new Entry.Polled(ID, 0, 200, body.put("version", version)));
    }

    Script calledBack(int answeredWith, ObjectNode body) {
        return and(new Entry.CalledBack(ID, answeredWith, body.put("version", 3)));
    }

    Script journalled(String state) {
        return and(new Entry.Journalled(DEVICE, ID, state, null));
    }

    Script stored(String phase) {
        return and(new Entry.Stored(ID, NUMBER, phase, false, false, false));
    }

    List<Violation> breaks(Rule rule) {
        return rule.violations(new Evidence(entries));
    }

    List<String> brokenRules() {
        return Rule.allViolations(new Evidence(entries)).stream()
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
