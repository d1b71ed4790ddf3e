package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.TestTimeouts;
import java.util.Map;

/** Runs that provoke the responses to a register that unpairs. */
final class UnpairRuns {
    private static final String UNPAIR = "unpair";
    private static final String PATH = "/POS/Pairing";

    private UnpairRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.ofRegister(UNPAIR, "DELETE", PATH);
        runs.put("unpair 200 unpaired", UnpairRuns::unpaired);
        runs.put("unpair 400 otherBusiness", UnpairRuns::otherBusiness);
        runs.put(
                "unpair 401 pairingTokenMissing",
                registers -> Form.QUERY.send(registers.caller(), "DELETE", PATH, PairRuns.parameters()));
        runs.put(
                "unpair 401 pairingTokenInvalid",
                registers -> Form.QUERY.send(
                        registers.caller().withToken("guessed"), "DELETE", PATH, PairRuns.parameters()));
        runs.put("unpair 404 notFound", registers -> registers.caller().get(PATH));
        runs.put("unpair 409 deviceBusy", UnpairRuns::busy);
        return runs;
    }

    private static Reply unpaired(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.unpair(
                    Form.FORM,
                    register.parametersOf(UNPAIR, "unpairing"),
                    register.token().get());
        }
    }

    private static Reply otherBusiness(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.unpair(
                    Form.FORM,
                    register.with(UNPAIR, "unpairing", "POSBusinessName", "Another"),
                    register.token().get());
        }
    }

    private static Reply busy(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply started =
                    register.start(Form.FORM, register.with("startTransaction", "purchase", "AmountTotal", "559"));
            Reply busy = register.unpair(
                    Form.FORM,
                    register.parametersOf(UNPAIR, "unpairing"),
                    register.token().get());
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> !register.device().shownPayments().isEmpty());
            register.finish(started);
            return busy;
        }
    }
}
