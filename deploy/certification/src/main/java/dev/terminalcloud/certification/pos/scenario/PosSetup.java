package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import java.security.SecureRandom;

/** Brings the POS under test to the initial state of a scenario: paired, and without a payment that runs. */
public final class PosSetup {
    private static final int CODES = 100_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PosUnderTest pos;

    public PosSetup(PosUnderTest pos) {
        this.pos = pos;
    }

    /** Ends what the previous scenario has left. */
    public void clear() throws InterruptedException {
        pos.gateway().resume();
        for (String id : pos.gateway().unfinished()) {
            pos.gateway().change(id, DeviceOutcomes.cancelled());
        }
    }

    /**
     * Restores the initial state.
     *
     * @throws CheckNotRunException if the POS does not pair
     */
    public void restore() throws CheckNotRunException, InterruptedException {
        clear();
        if (!pos.gateway().isPaired()) {
            pair(pos);
        }
    }

    /** Lets the operator pair the POS with a new code. */
    static void pair(PosUnderTest pos) throws CheckNotRunException, InterruptedException {
        String code = newCode();
        int mark = pos.mark();
        pos.gateway().showCode(code);
        pos.tasks().ask(new PosTask.Pair(code), atMost -> pos.log()
                .await(mark, AnswerSent.class, answer -> answer.call() == Call.PAIR && answer.status() == 200, atMost));
    }

    static String newCode() {
        return "%08d".formatted(RANDOM.nextInt(CODES));
    }
}
