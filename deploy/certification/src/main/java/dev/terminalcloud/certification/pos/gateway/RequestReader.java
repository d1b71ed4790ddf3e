package dev.terminalcloud.certification.pos.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reader of requests. It reads what it can, and notes what is wrong. */
final class RequestReader {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final int MAX_PARAMETERS = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final List<String> TOTAL = List.of("AmountTotal");

    /** The parameters that each function needs. */
    static final Map<String, List<String>> NEEDED = Map.ofEntries(
            entry("Card.Purchase", TOTAL),
            entry("Card.PurchasePlusCash", List.of("AmountTotal", "AmountCash")),
            entry("Card.CashAdvance", TOTAL),
            entry("Card.Refund", TOTAL),
            entry("Card.Authorise", List.of("AmountAuth")),
            entry("Card.Authorise.Increment", List.of("AmountAuth", "TransactionReference")),
            entry("Card.Authorise.Cancel", List.of("TransactionReference")),
            entry("Card.Finalise", List.of("AmountFinal", "TransactionReference")),
            entry("QR.Merchant.Purchase", TOTAL),
            entry("QR.Consumer.Purchase", TOTAL),
            entry("QR.Refund", TOTAL),
            entry("Acquirer.Logon", List.of()),
            entry("Acquirer.Settlement.Inquiry", List.of()),
            entry("Acquirer.Settlement.Cutover", List.of()),
            entry("Journal.ReprintReceipt", List.of()),
            entry("Journal.GetTransResult", List.of()),
            entry("Terminal.GetStatus", List.of()),
            entry("Terminal.ReadCard", List.of()));

    /** The amounts of all functions, also those that a register may leave out. */
    static final Set<String> AMOUNTS = amounts();

    private final ParameterRules rules = ParameterRules.read();

    PosRequest read(HttpServerRequest http, Buffer body) {
        Optional<String> pairingToken = Optional.ofNullable(http.getHeader("Pairing-Token"));
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> problems = new ArrayList<>();
        readForm(Optional.ofNullable(http.query()).orElse(""), parameters, problems);
        readBody(Optional.ofNullable(http.getHeader("Content-Type")).orElse(FORM), body, parameters, problems);
        Call.Target target = Call.of(
                http.method().name(),
                http.path(),
                pairingToken.isPresent() && !parameters.containsKey("merchantAccessToken"));
        Optional<String> key = Optional.ofNullable(http.getHeader("Idempotency-Key"));
        problems.addAll(violations(target.call(), parameters, key));
        return new PosRequest(
                target.call(),
                target.id(),
                parameters,
                key,
                pairingToken,
                Optional.ofNullable(http.getHeader("Accept")).orElse("").contains("text/event-stream"),
                Optional.ofNullable(http.getHeader("Last-Event-ID")),
                problems);
    }

    private static Set<String> amounts() {
        Set<String> amounts = new TreeSet<>(ParameterRules.read().names("TransactionParameters"));
        amounts.removeIf(name -> !name.startsWith("Amount"));
        return amounts;
    }

    private List<String> violations(Call call, Map<String, String> parameters, Optional<String> key) {
        return switch (call) {
            case PAIR -> rules.violations("PairingParameters", parameters);
            case START -> startViolations(parameters, key);
            case POLL -> pollViolations(parameters);
            case UNPAIR, LIST, LOOK_UP, CANCEL, DEVICE, STATUS, PREFLIGHT -> List.of();
            case UNKNOWN -> List.of("No such path or method");
        };
    }

    private List<String> startViolations(Map<String, String> parameters, Optional<String> key) {
        List<String> violations = new ArrayList<>(rules.violations("TransactionParameters", parameters));
        String function = parameters.getOrDefault("TransactionType", "");
        NEEDED.getOrDefault(function, List.of()).stream()
                .filter(name -> parameters.getOrDefault(name, "").isEmpty())
                .forEach(name -> violations.add(name + " is missing"));
        if (key.filter(value -> !value.matches("[!-~]{1,255}")).isPresent()) {
            violations.add("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        return violations;
    }

    private static List<String> pollViolations(Map<String, String> parameters) {
        String wait = parameters.getOrDefault("wait", "1");
        return wait.matches("[1-9]|[1-4][0-9]|50")
                ? List.of()
                : List.of("wait must be a whole number of seconds from 1 to 50");
    }

    private static void readBody(
            String contentType, Buffer body, Map<String, String> parameters, List<String> problems) {
        if (body.length() == 0) {
            return;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        switch (type) {
            case FORM -> readForm(body.toString(UTF_8), parameters, problems);
            case JSON -> readJson(body.toString(UTF_8), parameters, problems);
            default -> problems.add("The body must be a form or JSON, was " + type);
        }
    }

    /** The body is read after the query, and wins. */
    private static void readForm(String form, Map<String, String> parameters, List<String> problems) {
        try {
            new QueryStringDecoder(form, UTF_8, false, MAX_PARAMETERS)
                    .parameters()
                    .forEach((name, values) -> parameters.put(name, values.get(0)));
        } catch (IllegalArgumentException e) {
            problems.add("A parameter has a broken percent escape");
        }
    }

    private static void readJson(String text, Map<String, String> parameters, List<String> problems) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (!tree.isObject()) {
                problems.add("The body must be a JSON object");
            }
            tree.properties()
                    .forEach(member -> parameters.put(
                            member.getKey(),
                            member.getValue().isTextual()
                                    ? member.getValue().textValue()
                                    : member.getValue().toString()));
        } catch (JsonProcessingException e) {
            problems.add("The body is not valid JSON");
        }
    }
}
