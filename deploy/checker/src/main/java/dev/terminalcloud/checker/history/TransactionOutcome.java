package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a transaction ended, in the words of the POS API; whatever is not known is absent.
 *
 * @param members by the names that polls give them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionOutcome(Map<String, String> members) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REQUESTED_TOO = "AmountTotal";
    private static final Set<String> DEVICES_OWN = Set.of(
            "TransactionResult",
            "Result",
            "ResultText",
            REQUESTED_TOO,
            "AmountSurcharge",
            "AmountTip",
            "AuthId",
            "AcquirerRef",
            "TerminalRef",
            "CardPan",
            "CardType",
            "AccountType",
            "Timestamp",
            "Receipt");

    public TransactionOutcome {
        members = Map.copyOf(members);
    }

    /** What a device said. */
    public static TransactionOutcome of(Report report) {
        Map<String, String> members = new LinkedHashMap<>();
        JSON.valueToTree(report)
                .properties()
                .forEach(member -> members.put(
                        capitalised(member.getKey()), member.getValue().asText()));
        return new TransactionOutcome(members);
    }

    /** What a register was shown, as far as it is the device's to say. */
    public static TransactionOutcome shown(JsonNode data) {
        Map<String, String> members = new LinkedHashMap<>();
        data.properties()
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().asText()));
        return new TransactionOutcome(members);
    }

    public String result() {
        return members.getOrDefault("Result", "");
    }

    public String transactionResult() {
        return members.getOrDefault("TransactionResult", "");
    }

    /** Whether what was shown is all that the device said, and nothing else that only a device can say. */
    public boolean isShownAs(TransactionOutcome shown) {
        boolean nothingMissing = members.entrySet().stream()
                .allMatch(member -> member.getValue().equals(shown.members.get(member.getKey())));
        boolean nothingMadeUp = shown.members.keySet().stream()
                .filter(DEVICES_OWN::contains)
                .allMatch(name -> members.containsKey(name) || name.equals(REQUESTED_TOO));
        return nothingMissing && nothingMadeUp;
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
