package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.TestTimeouts;
import java.util.Map;

/** Runs that provoke the responses to a start. */
final class StartRuns {
    private static final String START = "startTransaction";

    private StartRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.ofRegister(START, "POST", "/POS/Transaction");
        runs.put("startTransaction 200 started", StartRuns::started);
        runs.put("startTransaction 200 completed", StartRuns::completed);
        runs.put("startTransaction 400 notPaired", refused("purchase", "AmountTotal", "500"));
        runs.put("startTransaction 400 unknownMode", refused("purchase", "TransactionMode", "LATER"));
        runs.put("startTransaction 400 unknownType", refused("purchase", "TransactionType", "Card.Sale"));
        runs.put("startTransaction 400 badAmount", refused("purchase", "AmountTotal", "5.00"));
        runs.put("startTransaction 400 cashNotLess", refused("purchasePlusCash", "AmountCash", "700"));
        runs.put("startTransaction 400 saleDataNotJson", refused("purchase", "SaleData", "{'a':1}"));
        runs.put("startTransaction 400 notHttp", callback("ftp://pos.example.com/"));
        runs.put("startTransaction 400 noHost", callback("http:/path"));
        runs.put("startTransaction 400 userInformation", callback("http://user@pos.example.com/"));
        runs.put("startTransaction 400 invalidPort", callback("http://pos.example.com:0/"));
        runs.put("startTransaction 400 invalidHost", callback("http://[/"));
        runs.put("startTransaction 400 invalidIpv4", callback("http://2130706433/"));
        runs.put("startTransaction 400 ipv6Zone", callback("http://[fe80::1%25eth0]/"));
        runs.put("startTransaction 400 notPublic", callback("http://224.0.0.1/"));
        runs.put(
                "startTransaction 401 pairingTokenMissing",
                refused("purchase", "POSVendorName", LocalStack.STRICT_VENDOR));
        runs.put("startTransaction 401 pairingTokenInvalid", StartRuns::invalidToken);
        runs.put(
                "startTransaction 404 notFound",
                registers -> Form.QUERY.send(registers.caller(), "PUT", "/POS/Transaction", Map.of()));
        runs.put("startTransaction 400 idempotencyKeyInvalid", StartRuns::invalidKey);
        runs.put("startTransaction 422 idempotencyKeyReused", StartRuns::reusedKey);
        runs.put("startTransaction 429 deviceBusy", StartRuns::busy);
        return runs;
    }

    private static Reply started(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply started = register.start(Form.FORM, register.parametersOf(START, "purchase"));
            register.ended(started);
            return started;
        }
    }

    private static Reply completed(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.start(Form.FORM, register.parametersOf(START, "synchronous"));
        }
    }

    /** Rejected before the device is checked. */
    private static Run refused(String example, String name, String value) {
        return registers -> {
            try (TestRegister register = registers.create()) {
                return register.start(Form.FORM, register.with(START, example, name, value));
            }
        };
    }

    private static Reply invalidToken(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return register.startWithToken(register.parametersOf(START, "purchase"), "guessed");
        }
    }

    private static Reply invalidKey(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return register.startWithKey(register.parametersOf(START, "purchase"), "two words");
        }
    }

    private static Reply reusedKey(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            register.ended(register.startWithKey(register.parametersOf(START, "purchase"), "sale"));
            return register.startWithKey(register.with(START, "purchase", "AmountTotal", "501"), "sale");
        }
    }

    private static Run callback(String url) {
        return refused("purchase", "PosNotificationCallbackUrl", url);
    }

    private static Reply busy(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply first = register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "559"));
            Reply second = register.start(Form.FORM, register.parametersOf(START, "purchase"));
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> !register.device().shownPayments().isEmpty());
            register.finish(first);
            return second;
        }
    }
}
