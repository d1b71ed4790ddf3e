package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;

/** Scenarios for pairing. */
public final class PosPairingScenarios {
    private PosPairingScenarios() {}

    /** Codes can be tried a few times only, so a POS must not repeat a wrong one by itself. */
    public static void showsAWrongCode(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        String wrong = PosSetup.newCode();
        int mark = pos.mark();
        pos.gateway().showCode(PosSetup.newCode());
        RequestReceived first = pos.tasks()
                .ask(new PosTask.Pair(wrong), atMost -> pos.request(mark, PosPairingScenarios::isPairing, atMost));
        if (!first.request().problems().isEmpty()) {
            throw new CheckNotRunException("the request was rejected for another reason: "
                    + first.request().problems().get(0));
        }
        boolean repeated = pos.request(
                        mark,
                        later -> isPairing(later) && later.number() != first.number(),
                        pos.times().quiet())
                .isPresent();
        if (repeated) {
            throw new CheckFailedException("it repeated a wrong code by itself");
        }
        pos.expectDisplay(Display.WRONG_CODE, wrong);
    }

    public static void pairs(PosUnderTest pos) throws CheckFailedException, CheckNotRunException, InterruptedException {
        int mark = pos.mark();
        String code = PosSetup.newCode();
        pos.gateway().showCode(code);
        RequestReceived sent = pos.tasks()
                .ask(new PosTask.Pair(code), atMost -> pos.request(mark, PosPairingScenarios::isPairing, atMost));
        if (!sent.request().problems().isEmpty()) {
            throw new CheckFailedException(String.join("; ", sent.request().problems()));
        }
        if (!sent.request().id().equals(code)) {
            throw new CheckFailedException("it sent the code \"%s\" instead of \"%s\""
                    .formatted(sent.request().id(), code));
        }
    }

    /** The device has ended the pairing, which the register learns at its next start. */
    public static void showsThatItIsNotPaired(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        pos.gateway().endPairing();
        PosPayment payment = pos.start();
        ResultScenarios.expectNoRepetition(pos, payment);
        pos.expectDisplay(Display.NOT_PAIRED, "");
    }

    private static boolean isPairing(RequestReceived received) {
        return received.request().call() == Call.PAIR;
    }
}
