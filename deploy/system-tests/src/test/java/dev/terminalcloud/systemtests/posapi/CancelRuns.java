package dev.terminalcloud.systemtests.posapi;

import java.util.Map;

/** What provokes the answers to a cancellation. */
final class CancelRuns {
    private static final String POST = "POST";

    private CancelRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.of("cancelTransaction", POST, unknown());
        runs.put("cancelTransaction 200 cancelledAtOnce", CancelRuns::cancelledAtOnce);
        runs.put("cancelTransaction 401 invalidToken", counter -> counter.caller()
                .post(unknown()));
        runs.put("cancelTransaction 401 tokenExpired", CancelRuns::expired);
        runs.put("cancelTransaction 404 notFound", counter -> counter.caller().get(unknown()));
        return runs;
    }

    static String unknown() {
        return PollRuns.unknown() + "/cancel";
    }

    /** The device is off, so that it certainly does not claim it before. */
    private static Reply cancelledAtOnce(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            till.device().powerOff();
            return till.cancel(till.start(Form.FORM, till.parametersOf("startTransaction", "purchase")));
        }
    }

    private static Reply expired(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            return till.cancel(till.expired(till.start(Form.FORM, till.parametersOf("startTransaction", "purchase"))));
        }
    }
}
