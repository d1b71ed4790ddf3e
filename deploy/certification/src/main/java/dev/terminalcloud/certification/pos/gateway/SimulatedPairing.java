package dev.terminalcloud.certification.pos.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The pairing of the register with the simulated device (POS API, section 2). On the event loop. */
final class SimulatedPairing {
    private Map<String, String> names = Map.of();
    private String token = "";
    private String code = "";
    private boolean codeUsed;
    private boolean paired;

    /** Shows a new pairing code on the device. */
    void showCode(String shown) {
        code = shown;
        codeUsed = false;
    }

    /** Ends the pairing, as the device does. The token still proves which register it is. */
    void end() {
        paired = false;
    }

    boolean isPaired() {
        return paired;
    }

    void pair(Exchange exchange) {
        PosRequest request = exchange.request();
        Map<String, String> claimant = names(request);
        boolean repeats = codeUsed && claimant.equals(names);
        if (!request.id().equals(code) || (codeUsed && !repeats)) {
            exchange.error(400, "Invalid Pairing Code. Please make sure you entered the code correctly");
            return;
        }
        if (!repeats) {
            names = claimant;
            token = UUID.randomUUID().toString().replace("-", "");
            codeUsed = true;
            paired = true;
        }
        succeed(exchange.withHeader("Pairing-Token", token));
    }

    void unpair(Exchange exchange) {
        paired = false;
        succeed(exchange);
    }

    private static void succeed(Exchange exchange) {
        exchange.answer(JsonNodeFactory.instance.objectNode().put("result", "success"));
    }

    /** Returns whether the request has the three names of the pairing, compared exactly. */
    boolean hasNames(PosRequest request) {
        return names(request).equals(names);
    }

    /** Returns whether the pairing token of the request, if it has one, is the newest. */
    boolean accepts(Optional<String> sent) {
        return sent.filter(value -> !value.equals(token)).isEmpty();
    }

    private static Map<String, String> names(PosRequest request) {
        Map<String, String> found = new TreeMap<>();
        PosRequest.NAMES.forEach(name -> found.put(name, request.text(name)));
        return found;
    }
}
