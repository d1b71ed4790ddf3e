package dev.terminalcloud.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The results that registers must get after their customers have paid. */
final class PaidResults {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PaidResults() {}

    /**
     * Reads the answers to all requests, a line each; as many for each transaction as it has waiters.
     *
     * @throws IOException if one is not the result of a purchase that was paid, or is that of another register
     */
    static void require(BufferedReader answers, int transactions, int waiters) throws IOException {
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < transactions * waiters; i++) {
            String line = answers.readLine();
            JsonNode answer = line == null ? JSON.missingNode() : parse(line);
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
