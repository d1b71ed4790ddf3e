package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import java.util.Map;

/** What provokes the answers to a start. */
final class StartRuns {
    private static final String START = "startTransaction";

    private StartRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.ofRegister(START, "POST", "/POS/Transaction");
        runs.put("startTransaction 200 started", StartRuns::started);
        runs.put("startTransaction 200 completed", StartRuns::completed);
        runs.put("startTransaction 200 stillRunning", StartRuns::stillRunning);
        runs.put("startTransaction 400 notPaired", refused("purchase", "AmountTotal", "500"));
        runs.put("startTransaction 400 unknownMode", refused("purchase", "TransactionMode", "LATER"));
        runs.put("startTransaction 400 unknownType", refused("purchase", "TransactionType", "Card.Sale"));
        runs.put("startTransaction 400 badAmount", refused("purchase", "AmountTotal", "5.00"));
        runs.put("startTransaction 400 cashNotLess", refused("purchasePlusCash", "AmountCash", "700"));
        runs.put("startTransaction 400 saleDataNotJson", refused("purchase", "SaleData", "{'a':1}"));
        runs.put("startTransaction 400 notAUrl", callback("http://[/"));
        runs.put("startTransaction 400 notHttp", callback("ftp://pos.example.com/"));
        runs.put("startTransaction 400 noHost", callback("http:/path"));
        runs.put("startTransaction 400 userInformation", callback("http://user@pos.example.com/"));
        runs.put("startTransaction 404 notFound", counter -> counter.caller().get("/POS/Transaction"));
        runs.put("startTransaction 429 deviceBusy", StartRuns::busy);
        return runs;
    }

    private static Reply started(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            Reply started = till.start(Form.FORM, till.parametersOf(START, "purchase"));
            till.ended(started);
            return started;
        }
    }

    private static Reply completed(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            return till.start(Form.FORM, till.parametersOf(START, "synchronous"));
        }
    }

    private static Reply stillRunning(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            Reply held = till.start(Form.FORM, till.with(START, "synchronous", "AmountTotal", "559"));
            till.finish(held);
            return held;
        }
    }

    /** Refused without a look at the device. */
    private static Run refused(String example, String name, String value) {
        return counter -> {
            try (TestRegister till = counter.till()) {
                return till.start(Form.FORM, till.with(START, example, name, value));
            }
        };
    }

    private static Run callback(String url) {
        return refused("purchase", "PosNotificationCallbackUrl", url);
    }

    private static Reply busy(RegisterFactory counter) throws Exception {
        try (TestRegister till = counter.till().paired()) {
            Reply first = till.start(Form.FORM, till.with(START, "purchase", "AmountTotal", "559"));
            Reply second = till.start(Form.FORM, till.parametersOf(START, "purchase"));
            await().until(() -> !till.device().shownPayments().isEmpty());
            till.finish(first);
            return second;
        }
    }
}
