package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.util.Optional;
import java.util.function.Function;

/** Scenarios for pairing, as the operator at the device sees it. */
public final class PairingScenarios {
    private static final String CODE = "48151623";
    private static final int CODE_SECONDS = 120;

    private PairingScenarios() {}

    public static void showsTheCode(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.ask(DeviceTask.ASK_TO_PAIR, messageAfter(bench.mark(), "pairing-code-request"));
        bench.send(DeviceUnderTest.message("pairing-code").put("code", CODE).put("expiresInSeconds", CODE_SECONDS));
        bench.expectDisplay(new DisplayQuestion.Text(CODE));
    }

    public static void showsItsPairing(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.pair();
        bench.expectDisplay(new DisplayQuestion.Text(bench.pairing().display()));
    }

    public static void showsThatItIsNotPaired(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.unpair();
        bench.expectDisplay(new DisplayQuestion.NotPaired());
    }

    public static void namesThePairingThatItEnds(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        MessageReceived unpair = bench.ask(DeviceTask.ASK_TO_UNPAIR, messageAfter(bench.mark(), "unpair"));
        String number = Long.toString(bench.pairing().number());
        bench.unpair();
        if (!unpair.text("pairingNumber").equals(number)) {
            throw new CheckFailedException(
                    "its pairing number is %s, but it sent %s".formatted(number, unpair.text("pairingNumber")));
        }
    }

    private static Function<Trace, Optional<MessageReceived>> messageAfter(int mark, String type) {
        return trace -> trace.since(mark, MessageReceived.class)
                .filter(message -> message.type().equals(type))
                .findFirst();
    }
}
