package dev.terminalcloud.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The results that registers must get after their customers have paid. */
final class PaidResults {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PaidResults() {}

    /**
     * Reads so many answers, a line each, without a look at them, as that would take time from those who are measured.
     *
     * @throws EOFException if there are fewer
     */
    static List<String> read(BufferedReader answers, int count) throws IOException {
        List<String> lines = new ArrayList<>(count);
        while (lines.size() < count) {
            String line = answers.readLine();
            if (line == null) {
                throw new EOFException("The process of the registers ended after %d answers".formatted(lines.size()));
            }
            lines.add(line);
        }
        return lines;
    }

    /**
     * Checks the answers to all requests; each transaction has so many waiters.
     *
     * @throws IOException if one is not the result of a purchase that was paid, or is that of another register
     */
    static void require(List<String> lines, int waiters) throws IOException {
        Map<String, Integer> answered = new HashMap<>();
        for (String line : lines) {
            JsonNode answer = parse(line);
            boolean approved =
                    answer.path("data").path("TransactionResult").asText().equals("OK-ACCEPTED");
            if (!approved || answered.merge(answer.path("transactionId").asText(), 1, Integer::sum) > waiters) {
                throw new IOException("A register did not get the result of its own purchase: " + line);
            }
        }
    }

    private static JsonNode parse(String line) throws IOException {
        return line.startsWith("{") ? JSON.readTree(line) : JSON.missingNode();
    }
}
