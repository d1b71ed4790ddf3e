package dev.terminalcloud.systemtests.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.systemtests.fuzz.RawHttpConnection.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides whether the response to a corrupted request is allowed. */
final class Verdict {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<Integer> ALLOWED = Set.of(200, 400, 401, 404, 413, 414, 429, 431);

    /** Errors that concern the request as a whole, or the pairing that the names or the code refer to. */
    private static final List<String> NOT_ABOUT_ONE_PARAMETER = List.of(
            "This register is not paired to a device, please pair it first.",
            "Invalid Pairing Code. Please make sure you entered the code correctly",
            "The body ",
            // The path of a poll without a transaction id is that of the list, which needs the names of the register.
            "POSVendorName is missing");

    private Verdict() {}

    /** Returns the violation of the response; empty if it is allowed. */
    static Optional<String> on(FuzzCase fuzzCase, Reply reply) {
        if (!ALLOWED.contains(reply.status())) {
            return Optional.of("status " + reply.status());
        }
        if (!reply.head().contains("content-type: application/json")) {
            return Optional.of("not JSON but " + reply.head());
        }
        if (!reply.head().contains("access-control-allow-origin: *")) {
            return Optional.of("no page may read it");
        }
        return reply.status() == 200 ? Optional.empty() : onError(fuzzCase, reply);
    }

    private static Optional<String> onError(FuzzCase fuzzCase, Reply reply) {
        JsonNode body;
        try {
            body = JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            return Optional.of("malformed JSON: " + reply.body());
        }
        String error = body.path("error").asText("");
        if (error.isBlank()) {
            return Optional.of("no error text: " + body);
        }
        boolean mayName = reply.status() != 400 || isNamed(fuzzCase, error) || isAboutTheWhole(error);
        return mayName ? Optional.empty() : Optional.of("an error that names no parameter: " + error);
    }

    private static boolean isNamed(FuzzCase fuzzCase, String error) {
        String text = error.toLowerCase(Locale.ROOT);
        return fuzzCase.corrupted().keySet().stream()
                .anyMatch(parameter -> text.contains(parameter.name().toLowerCase(Locale.ROOT)));
    }

    private static boolean isAboutTheWhole(String error) {
        return NOT_ABOUT_ONE_PARAMETER.stream().anyMatch(error::startsWith);
    }
}
