package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.TestTimeouts;
import java.util.Map;

/** Runs that provoke the responses to a cancellation. */
final class CancelRuns {
    private static final String POST = "POST";

    private CancelRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.of("cancelTransaction", POST, unknown());
        runs.put("cancelTransaction 200 cancelledAtOnce", CancelRuns::cancelledAtOnce);
        runs.put("cancelTransaction 200 requested", CancelRuns::requested);
        runs.put(
                "cancelTransaction 401 invalidToken",
                registers -> registers.caller().post(unknown()));
        runs.put(
                "cancelTransaction 404 notFound",
                registers -> registers.caller().get(unknown()));
        return runs;
    }

    static String unknown() {
        return PollRuns.unknown() + "/cancel";
    }

    /** The device is off, so that it cannot claim the transaction before. */
    private static Reply cancelledAtOnce(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            register.device().powerOff();
            return register.cancel(register.start(Form.FORM, register.parametersOf("startTransaction", "purchase")));
        }
    }

    /** The device shows the payment, and stops it. */
    private static Reply requested(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply started =
                    register.start(Form.FORM, register.with("startTransaction", "purchase", "AmountTotal", "559"));
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() ->
                            register.poll(started).body().at("/data/Prompt").isTextual());
            Reply requested = register.cancel(started);
            register.ended(started);
            return requested;
        }
    }
}
