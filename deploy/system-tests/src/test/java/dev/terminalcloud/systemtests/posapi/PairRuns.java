package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

/** Runs that provoke the responses to a pairing. */
final class PairRuns {
    private static final String PATH = "/POS/Pairing/00000000";

    private PairRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.ofRegister("pair", "PUT", PATH);
        runs.put("pair 200 paired", PairRuns::paired);
        runs.put("pair 400 invalidCode", registers -> Form.FORM.send(registers.caller(), "PUT", PATH, parameters()));
        runs.put("pair 404 notFound", registers -> registers.caller().get("/POS/Pairing/00000000/more"));
        runs.put("pair 429 tooManyWrongCodes", PairRuns::tooManyWrongCodes);
        return runs;
    }

    static Map<String, String> parameters() {
        return PosApi.COMMITTED.requestExamples().stream()
                .filter(example -> example.toString().equals("pair pairing"))
                .findFirst()
                .orElseThrow()
                .parameters();
    }

    /** Exhausts the limit of one register; other registers have their own. */
    private static Reply tooManyWrongCodes(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> register.pair(Form.FORM, register.parametersOf("pair", "pairing"), "00000000"),
                            reply -> reply.status() != 400);
        }
    }

    private static Reply paired(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return register.pair(Form.FORM, register.parametersOf("pair", "pairing"), register.freshCode());
        }
    }
}
