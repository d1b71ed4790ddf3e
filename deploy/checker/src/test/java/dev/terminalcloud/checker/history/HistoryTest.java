package dev.terminalcloud.checker.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void recordedEntriesAreReadBackInOrder() throws IOException {
        Path file = folder.resolve("history.jsonl");
        List<TimestampedEntry> recorded;
        try (History history = new History(file)) {
            history.record(new HistoryEntry.Sent(1, "merchant", "POLLING", "Card.Purchase", true));
            history.record(new HistoryEntry.Answered(
                    1, 200, JsonNodeFactory.instance.objectNode().put("transactionId", "x")));
            history.record(new HistoryEntry.DeviceReported(
                    "1", UUID.randomUUID(), new TransactionOutcome(Map.of("Result", "OK"))));
            history.record(new FaultEntry.FaultEnded(3));
            recorded = history.entries();
        }
        assertThat(History.read(file)).isEqualTo(recorded).hasSize(4);
    }

    @Test
    void entriesOfEarlierVersionsAreRead() throws IOException {
        Path file = folder.resolve("earlier.jsonl");
        UUID id = UUID.randomUUID();
        Files.writeString(
                file,
                """
                {"nanos":1,"millis":1,"entry":{"type":"Sent","number":1,"merchant":"m","mode":"POLLING","function":"f","callback":true}}
                {"nanos":2,"millis":1,"entry":{"type":"Answered","number":1,"status":503,"body":{}}}
                {"nanos":3,"millis":1,"entry":{"type":"Polled","transactionId":"%s","askedNanos":2,"status":200,"body":{}}}
                """
                        .formatted(id));
        JsonNode empty = JsonNodeFactory.instance.objectNode();
        assertThat(History.read(file))
                .extracting(TimestampedEntry::entry)
                .containsExactly(
                        new HistoryEntry.Sent(1, "m", "POLLING", "f", true, null),
                        new HistoryEntry.Answered(1, 503, empty, 0),
                        new HistoryEntry.Polled(id, 2, 200, empty, null));
    }
}
