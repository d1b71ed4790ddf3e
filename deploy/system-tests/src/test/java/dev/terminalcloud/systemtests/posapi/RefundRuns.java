package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.TestTimeouts;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Runs that provoke the errors of a linked refund. */
final class RefundRuns {
    private static final String START = "startTransaction";

    private RefundRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = new HashMap<>();
        runs.put("startTransaction 400 originalNotAUuid", ofUnpaired("4711"));
        runs.put("startTransaction 400 originalUnknown", RefundRuns::unknown);
        runs.put("startTransaction 400 originalNotPaid", RefundRuns::notPaid);
        runs.put("startTransaction 400 originalNotEnded", RefundRuns::notEnded);
        runs.put("startTransaction 400 moreThanIsLeft", RefundRuns::moreThanIsLeft);
        return runs;
    }

    /** Rejected before the register is checked. */
    private static Run ofUnpaired(String original) {
        return registers -> {
            try (TestRegister register = registers.create()) {
                return register.start(
                        Form.FORM, register.with(START, "refundOfPurchase", TestRegister.ORIGINAL, original));
            }
        };
    }

    private static Reply unknown(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.startWithToken(
                    register.with(
                            START,
                            "refundOfPurchase",
                            TestRegister.ORIGINAL,
                            UUID.randomUUID().toString()),
                    register.token().get());
        }
    }

    private static Reply notPaid(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply declined =
                    register.ended(register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "551")));
            return refund(register, "150", declined);
        }
    }

    private static Reply notEnded(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply running = register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "559"));
            Reply rejected = refund(register, "150", running);
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> !register.device().shownPayments().isEmpty());
            register.finish(running);
            return rejected;
        }
    }

    private static Reply moreThanIsLeft(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply purchase =
                    register.ended(register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "10000")));
            register.ended(refund(register, "6000", purchase));
            return refund(register, "4001", purchase);
        }
    }

    private static Reply refund(TestRegister register, String amount, Reply original) {
        return register.refund(Form.FORM, register.with(START, "refundOfPurchase", "AmountTotal", amount), original);
    }
}
