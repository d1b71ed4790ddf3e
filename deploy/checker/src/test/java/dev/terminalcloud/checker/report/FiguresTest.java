package dev.terminalcloud.checker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.checker.history.FaultEntry;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.history.StreamEntry;
import dev.terminalcloud.checker.history.TimestampedEntry;
import dev.terminalcloud.checker.history.TransactionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    private static final UUID ID = UUID.randomUUID();
    private static final String DEVICE = "7000000021";

    private final List<TimestampedEntry> entries = new ArrayList<>();

    @Test
    void durationAndDelayAreMeasured() {
        at(1_000, new HistoryEntry.Sent(7, "merchant", "POLLING", "Card.Purchase", false));
        at(1_100, new HistoryEntry.Answered(7, 200, shown("PENDING", "")));
        at(2_000, polled("PENDING", "OK-DELAYED"));
        at(3_000, polled("PENDING", "OK-DELAYED"));
        assertThat(new Figures(entries).delayedNow()).isEqualTo(1);

        at(9_500, polled("COMPLETED", "OK-ACCEPTED"));
        at(9_900, polled("COMPLETED", "OK-ACCEPTED"));

        Figures figures = new Figures(entries);
        assertThat(figures.completions()).extracting(Figures.Completion::millis).containsExactly(8_500L);
        assertThat(figures.delays()).containsExactly(7_500L);
        assertThat(figures.delayedNow()).isZero();
        assertThat(figures.outcomes()).containsExactly(Map.entry("OK-ACCEPTED", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 50, 0",
        "1, 50, 1",
        "2, 50, 1",
        "3, 50, 2",
        "2, 99, 2",
        "100, 99, 99",
        "100, 100, 100",
        "101, 99, 100"
    })
    void percentileIsOfTheNearestRank(int count, int percent, long expected) {
        List<Long> values = LongStream.rangeClosed(1, count).boxed().toList();
        assertThat(Figures.percentile(values, percent)).isEqualTo(expected);
    }

    @Test
    void duplicatesAreCounted() {
        assertThat(new DuplicateCounts(entries)).hasToString("nothing");

        step("sent Claim");
        step("received StartGranted");
        at(0, new HistoryEntry.Offered(DEVICE, ID, 7));
        at(0, reported("OK-ACCEPTED"));
        at(0, new HistoryEntry.CalledBack(ID, 500, shown("COMPLETED", "OK-ACCEPTED")));
        step("sent Progress");
        step("sent Progress");
        assertThat(new DuplicateCounts(entries)).hasToString("nothing");

        step("sent Claim");
        step("sent Claim");
        step("received StartGranted");
        step("received Offer");
        at(0, reported("OK-DECLINED"));
        at(0, reported("OK-ACCEPTED"));
        at(0, new HistoryEntry.CalledBack(ID, 200, shown("COMPLETED", "OK-ACCEPTED")));
        at(0, new FaultEntry.Repeated(1_000));
        at(0, new FaultEntry.Repeated(500));
        assertThat(new DuplicateCounts(entries))
                .hasToString("1 callbacks, 2 claims, 1 grants, 1 offers, 1500 records on Kafka, 1 results");
    }

    @Test
    void repeatedStartIsOneRequest() {
        at(0, new HistoryEntry.Sent(7, "merchant", "POLLING", "Card.Purchase", false, "key"));
        at(1, new HistoryEntry.Unanswered(7, "gone"));
        at(2, new HistoryEntry.Answered(7, 200, shown("PENDING", "")));
        at(3, new HistoryEntry.Answered(7, 503, JsonNodeFactory.instance.objectNode()));
        assertThat(new Figures(entries).accepted()).isEqualTo(1);
        assertThat(new Figures(entries).answers()).containsExactly(Map.entry("200", 1));
    }

    @Test
    void extrasAreCounted() {
        at(0, new HistoryEntry.Sent(7, "merchant", "POLLING", "Card.Purchase", false, "key"));
        at(1, new HistoryEntry.SentAgain(7));
        at(2, new HistoryEntry.SentAgain(7));
        at(3, new StreamEntry.StreamOpened(ID, 1, null));
        at(4, new StreamEntry.Streamed(ID, 1, 3, 1, cancelling("REQUESTED")));
        at(5, new StreamEntry.StreamOpened(ID, 2, 1L));
        at(6, new HistoryEntry.CancelSent(ID));
        at(7, new HistoryEntry.Polled(ID, 6, 200, cancelling("TOO-LATE"), HistoryEntry.Purpose.CANCEL));
        at(8, new HistoryEntry.Polled(ID, 6, 200, shown("PENDING", ""), HistoryEntry.Purpose.LONG_POLL));
        at(9, new HistoryEntry.Polled(ID, 6, 200, shown("PENDING", ""), HistoryEntry.Purpose.LOOK_UP));
        at(9, new HistoryEntry.LookedUp(7, 6, 200, found(shown("PENDING", ""))));
        at(9, new HistoryEntry.CancelSent(UUID.randomUUID()));
        at(10, new HistoryEntry.Sent(8, "merchant", "POLLING", "Card.Refund", false, null, ID, 100));
        at(11, new HistoryEntry.Answered(8, 400, JsonNodeFactory.instance.objectNode()));
        Map<String, String> facts = new TreeMap<>();
        new ExtrasCounts(entries).addTo(facts);
        assertThat(facts)
                .containsEntry("starts with a key", "1, of which 1 repeated, 2 times")
                .containsEntry("event streams", "1, resumed 1 times; 1 events")
                .containsEntry("linked refunds", "1; of the responses 0 × 200, 1 × 400")
                .containsEntry("responses to long polls", "1")
                .containsEntry("cancellations", "2 of 2 transactions: 1 × TOO-LATE, 1 × unknown")
                .containsEntry("look-ups", "1 by reference, which found 1, and 1 by id");
    }

    private static JsonNode cancelling(String cancellation) {
        ObjectNode body = (ObjectNode) shown("PENDING", "");
        body.withObject("/data").put("Cancellation", cancellation);
        return body;
    }

    private static JsonNode found(JsonNode transaction) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("transactions").add(transaction);
        return body;
    }

    private void step(String what) {
        at(0, new HistoryEntry.DeviceStep(DEVICE, ID, what));
    }

    private static HistoryEntry reported(String transactionResult) {
        return new HistoryEntry.DeviceReported(
                DEVICE, ID, new TransactionOutcome(Map.of("TransactionResult", transactionResult)));
    }

    private static HistoryEntry polled(String status, String transactionResult) {
        return new HistoryEntry.Polled(ID, 0, 200, shown(status, transactionResult));
    }

    private static JsonNode shown(String status, String transactionResult) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("transactionId", ID.toString()).put("transactionStatus", status);
        body.putObject("data").put("TransactionResult", transactionResult).put("Result", "OK");
        return body;
    }

    private void at(long millis, HistoryEntry entry) {
        entries.add(new TimestampedEntry(TimeUnit.MILLISECONDS.toNanos(millis), millis, entry));
    }
}
