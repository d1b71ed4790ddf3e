package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.LocalStack;
import java.time.Duration;
import java.util.Map;

/** Runs whose responses come only after a deadline of the product: about two minutes each, in which they only wait. */
final class DeadlineRuns {
    private static final String START = "startTransaction";
    private static final Duration TIMEOUT = LocalStack.TOKEN_LIFETIME.plusSeconds(15);

    private DeadlineRuns() {}

    static Map<String, Run> all() {
        return Map.of(
                "startTransaction 200 stillRunning", DeadlineRuns::stillRunning,
                "pollTransaction 200 delayed", DeadlineRuns::delayed,
                "pollTransaction 401 tokenExpired", DeadlineRuns::polledTooLate,
                "cancelTransaction 401 tokenExpired", DeadlineRuns::cancelledTooLate);
    }

    private static Reply stillRunning(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply held = register.start(Form.FORM, register.with(START, "synchronous", "AmountTotal", "559"));
            register.finish(held);
            return held;
        }
    }

    private static Reply delayed(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            Reply started = register.start(Form.FORM, register.with(START, "purchase", "AmountTotal", "559"));
            Reply polled = await().atMost(TIMEOUT).until(() -> register.poll(started), poll -> poll.body()
                    .at("/data/Result")
                    .isTextual());
            register.finish(started);
            return polled;
        }
    }

    private static Reply polledTooLate(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.poll(register.expired(register.start(Form.FORM, register.parametersOf(START, "purchase"))));
        }
    }

    private static Reply cancelledTooLate(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return register.cancel(
                    register.expired(register.start(Form.FORM, register.parametersOf(START, "purchase"))));
        }
    }
}
