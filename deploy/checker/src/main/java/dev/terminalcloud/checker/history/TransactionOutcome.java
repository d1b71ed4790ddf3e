package dev.terminalcloud.checker.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of a transaction in the terms of the POS API; unknown members are absent.
 *
 * @param members the members by their names in the response to a poll
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransactionOutcome(Map<String, String> members) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ALSO_REQUESTED = "AmountTotal";
    private static final Set<String> FROM_DEVICE = Set.of(
            "TransactionResult",
            "Result",
            "ResultText",
            ALSO_REQUESTED,
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

    /** Returns the outcome that a device reported. */
    public static TransactionOutcome of(Report report) {
        Map<String, String> members = new LinkedHashMap<>();
        JSON.valueToTree(report)
                .properties()
                .forEach(member -> members.put(
                        capitalised(member.getKey()), member.getValue().asText()));
        return new TransactionOutcome(members);
    }

    /** Returns the outcome that a register was shown, with the members that come from the device. */
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

    /** Returns whether the register was shown all members of this report, and no other members that only a device can report. */
    public boolean isShownAs(TransactionOutcome shown) {
        boolean nothingMissing = members.entrySet().stream()
                .allMatch(member -> member.getValue().equals(shown.members.get(member.getKey())));
        boolean nothingAdded = shown.members.keySet().stream()
                .filter(FROM_DEVICE::contains)
                .allMatch(name -> members.containsKey(name) || name.equals(ALSO_REQUESTED));
        return nothingMissing && nothingAdded;
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
