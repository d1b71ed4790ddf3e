package dev.terminalcloud.certification.script;

import static dev.terminalcloud.certification.script.MemberRule.optional;
import static dev.terminalcloud.certification.script.MemberRule.required;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.script.MemberRule.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each message of a device must look like (device protocol, "Device to cloud"). */
final class MessageRules {
    private static final int MOST_BYTES = 65_536;
    private static final MemberRule TRANSACTION_ID = required("transactionId", Kind.UUID);
    private static final MemberRule STATUS =
            required("status", "READY", "NOT-INITIALIZED", "NOT-LOGGED-ON", "REVERSAL-PENDING");

    private static final Map<String, List<MemberRule>> BY_TYPE = Map.of(
            "hello", List.of(required("model", Kind.TEXT), required("firmware", Kind.TEXT), STATUS),
            "pairing-code-request", List.of(),
            "unpair", List.of(required("pairingNumber", Kind.WHOLE_NUMBER)),
            "transaction-claim", List.of(TRANSACTION_ID),
            "transaction-refused",
                    List.of(TRANSACTION_ID, required("reason", "BUSY", "NOT-READY", "OLD-PAIRING", "NO-GRANT")),
            "transaction-progress", List.of(TRANSACTION_ID, required("prompt", Kind.TEXT)),
            "transaction-finished", finished(),
            "transaction-never-seen", List.of(TRANSACTION_ID),
            "status", List.of(STATUS),
            "pong", List.of(required("nonce", Kind.TEXT)));

    private MessageRules() {}

    private static List<MemberRule> finished() {
        return List.of(
                TRANSACTION_ID,
                optional("transactionResult", "OK-ACCEPTED", "OK-DECLINED", "OK-UNAVAILABLE", "CANCELLED", "FAILED"),
                required("result", "OK", "CANCELLED", "FAILED"),
                optional("resultText", Kind.TEXT),
                optional("amountTotal", Kind.WHOLE_NUMBER),
                optional("amountSurcharge", Kind.WHOLE_NUMBER),
                optional("amountTip", Kind.WHOLE_NUMBER),
                optional("amountCash", Kind.WHOLE_NUMBER),
                optional("authId", Kind.TEXT),
                optional("acquirerRef", Kind.TEXT),
                optional("terminalRef", Kind.TEXT),
                optional("cardPan", Kind.TEXT),
                optional("cardType", Kind.TEXT),
                optional("accountType", Kind.TEXT),
                optional("timestamp", Kind.LOCAL_TIME),
                optional("receipt", Kind.TEXT),
                optional("status", Kind.TEXT),
                optional("referenceId", Kind.TEXT));
    }

    /** What is wrong with a message, or empty. */
    static Optional<String> breach(Said said) {
        if (said.message().isEmpty()) {
            return Optional.of("a message that is no JSON object");
        }
        if (said.size() > MOST_BYTES) {
            return Optional.of("%s of %d bytes".formatted(said.type(), said.size()));
        }
        List<MemberRule> rules = BY_TYPE.get(said.type());
        if (rules == null) {
            return Optional.of("a message of the unknown type \"%s\"".formatted(said.type()));
        }
        return breach(said.type(), said.message().get(), rules);
    }

    private static Optional<String> breach(String type, ObjectNode message, List<MemberRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.breach(message).stream())
                .map(breach -> type + ": " + breach)
                .findFirst();
    }
}
