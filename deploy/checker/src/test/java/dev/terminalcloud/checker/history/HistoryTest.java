package dev.terminalcloud.checker.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
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
            history.record(new HistoryEntry.FaultEnded(3));
            recorded = history.entries();
        }
        assertThat(History.read(file)).isEqualTo(recorded).hasSize(4);
    }
}
