package dev.terminalcloud.certification.device.scenario;

import static dev.terminalcloud.certification.device.scenario.MemberRule.optional;
import static dev.terminalcloud.certification.device.scenario.MemberRule.required;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.device.scenario.MemberRule.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for the messages of a device (device protocol, "Device to cloud"). */
final class MessageRules {
    private static final int MAX_MESSAGE_BYTES = 65_536;
    private static final MemberRule TRANSACTION_ID = required("transactionId", ValueType.UUID);
    private static final MemberRule STATUS =
            required("status", "READY", "NOT-INITIALIZED", "NOT-LOGGED-ON", "REVERSAL-PENDING");

    private static final Map<String, List<MemberRule>> BY_TYPE = Map.ofEntries(
            entry(
                    "hello",
                    List.of(
                            required("model", ValueType.TEXT_OF_64),
                            required("firmware", ValueType.TEXT_OF_64),
                            STATUS)),
            entry("pairing-code-request", List.of()),
            entry("unpair", List.of(required("pairingNumber", ValueType.WHOLE_NUMBER))),
            entry("transaction-claim", List.of(TRANSACTION_ID)),
            entry(
                    "transaction-refused",
                    List.of(TRANSACTION_ID, required("reason", "BUSY", "NOT-READY", "OLD-PAIRING", "NO-GRANT"))),
            entry("transaction-progress", List.of(TRANSACTION_ID, required("prompt", ValueType.TEXT_OF_200))),
            entry("transaction-finished", finished()),
            entry("transaction-never-seen", List.of(TRANSACTION_ID)),
            entry("cancel-refused", List.of(TRANSACTION_ID)),
            entry("status", List.of(STATUS)),
            entry("pong", List.of(required("nonce", ValueType.TEXT))));

    private MessageRules() {}

    private static List<MemberRule> finished() {
        return List.of(
                TRANSACTION_ID,
                optional("transactionResult", "OK-ACCEPTED", "OK-DECLINED", "OK-UNAVAILABLE", "CANCELLED", "FAILED"),
                required("result", "OK", "CANCELLED", "FAILED"),
                optional("resultText", ValueType.TEXT_OF_200),
                optional("amountTotal", ValueType.CENT_AMOUNT),
                optional("amountSurcharge", ValueType.CENT_AMOUNT),
                optional("amountTip", ValueType.CENT_AMOUNT),
                optional("amountCash", ValueType.CENT_AMOUNT),
                optional("authId", ValueType.CODE_OF_40),
                optional("acquirerRef", ValueType.CODE_OF_40),
                optional("terminalRef", ValueType.CODE_OF_40),
                optional("cardPan", ValueType.TEXT),
                optional("cardType", ValueType.CODE_OF_40),
                optional("accountType", ValueType.CODE_OF_40),
                optional("timestamp", ValueType.LOCAL_TIME),
                optional("receipt", ValueType.RECEIPT),
                optional("status", ValueType.CODE_OF_40),
                optional("referenceId", ValueType.CODE_OF_40));
    }

    /** Returns the violation of the rules by a message, or empty. */
    static Optional<String> violation(MessageReceived message) {
        if (message.message().isEmpty()) {
            return Optional.of("a message is not a JSON object");
        }
        if (message.size() > MAX_MESSAGE_BYTES) {
            return Optional.of("%s has %d bytes".formatted(message.type(), message.size()));
        }
        List<MemberRule> rules = BY_TYPE.get(message.type());
        if (rules == null) {
            return Optional.of("unknown message type \"%s\"".formatted(message.type()));
        }
        return violation(message.type(), message.message().get(), rules);
    }

    private static Optional<String> violation(String type, ObjectNode message, List<MemberRule> rules) {
        return Stream.concat(
                        rules.stream().flatMap(rule -> rule.violation(message).stream()),
                        contradiction(message).stream())
                .map(violation -> type + ": " + violation)
                .findFirst();
    }

    /** The results are a pair of the table: every {@code OK-…} goes with OK, every other one with itself. */
    private static Optional<String> contradiction(ObjectNode message) {
        String transactionResult = message.path("transactionResult").asText("");
        String result = message.path("result").asText("");
        String expected = transactionResult.startsWith("OK-") ? "OK" : transactionResult;
        return message.path("transactionResult").isTextual() && !expected.equals(result)
                ? Optional.of("transactionResult %s does not go with result %s".formatted(transactionResult, result))
                : Optional.empty();
    }
}
