package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.TestTimeouts;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Runs that provoke the responses to a poll. */
final class PollRuns {
    private static final String START = "startTransaction";

    private PollRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = new HashMap<>();
        runs.put("pollTransaction 200 running", PollRuns::running);
        runs.put("pollTransaction 200 approved", ended("purchase"));
        runs.put("pollTransaction 200 approvedWithCash", ended("purchasePlusCash"));
        runs.put(
                "pollTransaction 200 approvedWithExtras",
                ended("purchase", device -> device.extras(new Extras(25, 100))));
        runs.put("pollTransaction 200 approvedQr", ended("qrMerchantPurchase"));
        runs.put("pollTransaction 200 approvedWithSaleData", ended("withSaleData"));
        runs.put("pollTransaction 200 refunded", PollRuns::refunded);
        runs.put("pollTransaction 200 authorised", ended("authorise"));
        runs.put("pollTransaction 200 authorisationRaised", ended("authoriseIncrement"));
        runs.put("pollTransaction 200 authorisationCancelled", ended("authoriseCancel"));
        runs.put("pollTransaction 200 finalised", ended("finalise"));
        runs.put("pollTransaction 200 declined", endedAfter("551"));
        runs.put("pollTransaction 200 cancelled", endedAfter("554"));
        runs.put("pollTransaction 200 unreachable", PollRuns::unreachable);
        runs.put("pollTransaction 200 acquirerUnavailable", endedAfter("556"));
        runs.put("pollTransaction 200 fault", endedAfter("555"));
        runs.put("pollTransaction 200 acquirerDone", ended("logon"));
        runs.put("pollTransaction 200 reprinted", endedAfterPurchase("reprintReceipt"));
        runs.put("pollTransaction 200 lastTransaction", endedAfterPurchase("lastTransaction"));
        runs.put("pollTransaction 200 deviceStatus", ended("deviceStatus"));
        runs.put("pollTransaction 200 cardRead", ended("readCard"));
        runs.put(
                "pollTransaction 400 nulCharacter",
                registers -> registers.caller().get(unknown() + "?POSRegisterID=%00"));
        runs.put(
                "pollTransaction 400 tooManyPieces",
                registers -> registers.caller().get(unknown() + "?" + "&".repeat(1_000)));
        runs.put(
                "pollTransaction 400 tooManyParameters",
                registers -> registers.caller().get(unknown() + "?" + "a=&".repeat(201)));
        runs.put(
                "pollTransaction 401 invalidToken",
                registers -> registers.caller().get(unknown()));
        runs.put(
                "pollTransaction 401 pairingTokenInvalid",
                registers -> registers.caller().withToken("guessed").get(unknown()));
        runs.put("pollTransaction 400 invalidWait", withParameters("&wait=0"));
        runs.put("pollTransaction 400 invalidVersion", withParameters("&wait=1&version=x"));
        runs.put("pollTransaction 429 tooManyStreams", PollRuns::tooManyStreams);
        runs.put("pollTransaction 404 notFound", registers -> registers.caller().get(unknown() + "/more"));
        return runs;
    }

    static String unknown() {
        return "/POS/Transaction/" + UUID.randomUUID();
    }

    private static Reply refunded(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply purchase = register.ended(register.start(Form.FORM, register.parametersOf(START, "purchase")));
            return register.ended(
                    register.refund(Form.FORM, register.parametersOf(START, "refundOfPurchase"), purchase));
        }
    }

    private static Run ended(String example) {
        return ended(example, device -> device);
    }

    private static Run ended(String example, UnaryOperator<VirtualDeviceBuilder> kind) {
        return registers -> {
            try (TestRegister register = registers.create(kind).paired()) {
                return register.ended(register.start(Form.FORM, register.parametersOf(START, example)));
            }
        };
    }

    private static Run withParameters(String parameters) {
        return registers -> {
            try (TestRegister register = registers.create().paired()) {
                Reply started = register.start(Form.FORM, register.parametersOf(START, "purchase"));
                register.ended(started);
                return register.caller().get(started.pollingUrl() + parameters);
            }
        };
    }

    /** The transaction ends after that, and its streams with it. */
    private static Reply tooManyStreams(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply started = register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "559"));
            Reply rejected = register.caller().openStreams(started.pollingUrl());
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> !register.device().shownPayments().isEmpty());
            register.finish(started);
            return rejected;
        }
    }

    private static Run endedAfter(String amountTotal) {
        return registers -> {
            try (TestRegister register = registers.create().paired()) {
                return register.ended(
                        register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", amountTotal)));
            }
        };
    }

    private static Run endedAfterPurchase(String example) {
        return registers -> {
            try (TestRegister register = registers.create().paired()) {
                register.ended(register.start(Form.FORM, register.parametersOf(START, "purchase")));
                return register.ended(register.start(Form.FORM, register.parametersOf(START, example)));
            }
        };
    }

    /** The device is off, so that it cannot be faster than the poll. */
    private static Reply running(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            register.device().powerOff();
            Reply started = register.start(Form.FORM, register.parametersOf(START, "purchase"));
            Reply polled = register.poll(started);
            register.ended(started);
            return polled;
        }
    }

    private static Reply unreachable(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            register.device().powerOff();
            return register.ended(register.start(Form.FORM, register.parametersOf(START, "purchase")));
        }
    }
}
