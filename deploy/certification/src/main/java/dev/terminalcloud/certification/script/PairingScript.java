package dev.terminalcloud.certification.script;

import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.operator.NotRunException;
import dev.terminalcloud.certification.operator.Sight;
import dev.terminalcloud.certification.operator.Task;
import java.util.Optional;
import java.util.function.Function;

/** Pairing as a person at the device sees it. */
public final class PairingScript {
    private static final String CODE = "48151623";
    private static final int CODE_SECONDS = 120;

    private PairingScript() {}

    public static void showsTheCode(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        bench.ask(Task.ASK_TO_PAIR, saidAfter(bench.mark(), "pairing-code-request"));
        bench.tell(Bench.message("pairing-code").put("code", CODE).put("expiresInSeconds", CODE_SECONDS));
        bench.expectSight(new Sight.Text(CODE));
    }

    public static void showsItsPairing(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        bench.pair();
        bench.expectSight(new Sight.Text(bench.pairing().display()));
    }

    public static void showsThatItIsNotPaired(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        bench.unpair();
        bench.expectSight(new Sight.NotPaired());
    }

    public static void namesThePairingThatItEnds(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Said unpair = bench.ask(Task.ASK_TO_UNPAIR, saidAfter(bench.mark(), "unpair"));
        String number = Long.toString(bench.pairing().number());
        bench.unpair();
        if (!unpair.text("pairingNumber").equals(number)) {
            throw new BrokenRuleException(
                    "it was told the pairing number %s, and named %s".formatted(number, unpair.text("pairingNumber")));
        }
    }

    private static Function<Trace, Optional<Said>> saidAfter(int mark, String type) {
        return trace -> trace.since(mark, Said.class)
                .filter(said -> said.type().equals(type))
                .findFirst();
    }
}
