package dev.terminalcloud.certification.pos;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.Question;
import dev.terminalcloud.certification.operator.Task;
import dev.terminalcloud.certification.pos.scenario.PosQuestion;
import dev.terminalcloud.certification.pos.scenario.PosTask;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** The operator of a scripted POS. */
final class ScriptedOperator implements CertificationOperator {
    private static final Duration MAX_WAIT = Duration.ofSeconds(6);

    private final ScriptedPos pos;
    private Task last;

    ScriptedOperator(ScriptedPos pos) {
        this.pos = pos;
    }

    @Override
    public void perform(Task task) {
        last = task;
        if (task instanceof PosTask.Pair pair) {
            pos.pair(pair.code());
        } else if (task instanceof PosTask.Pay pay) {
            pos.pay(pay.cents(), false);
        } else if (task instanceof PosTask.PayAndCancel pay) {
            pos.pay(pay.cents(), true);
        } else if (task instanceof PosTask.Refund refund && pos.isComplete()) {
            pos.refund(refund.cents());
        } else if (task instanceof PosTask.PowerOff) {
            pos.powerOff();
        } else if (task instanceof PosTask.PowerOn) {
            pos.powerOn();
        }
    }

    /** Skips what the POS can't do. */
    @Override
    public void awaiting(Duration left) throws CheckNotRunException {
        boolean needsMore = last instanceof PosTask.PayAndCancel || last instanceof PosTask.Refund;
        if (needsMore && !pos.isComplete()) {
            throw new CheckNotRunException("Skipped by the operator");
        }
    }

    /** Looks at the screen repeatedly, since it changes a moment after the response. */
    @Override
    public boolean confirms(Question question) {
        PosQuestion asked = (PosQuestion) question;
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(MAX_WAIT).until(() -> isSeen(asked));
            return true;
        } catch (ConditionTimeoutException notSeen) {
            return false;
        }
    }

    private boolean isSeen(PosQuestion question) {
        String text = pos.screen().text();
        String detail = question.detail();
        return switch (question.display()) {
            case WRONG_CODE -> text.startsWith("WRONG CODE");
            case APPROVED -> text.startsWith("APPROVED");
            case APPROVED_ONCE -> text.startsWith("APPROVED") && pos.screen().approvals() == 1;
            case TOTAL -> text.equals("APPROVED total " + detail.replace(".", ""));
            case DECLINED -> text.equals("DECLINED " + detail);
            case CANCELLED -> text.equals("CANCELLED");
            case NOT_APPROVED -> !text.startsWith("APPROVED") && !text.equals("RUNNING");
            case BUSY -> text.equals("NOT STARTED BUSY");
            case REJECTED -> text.equals("NOT STARTED " + detail);
            case NOT_PAIRED -> text.startsWith("NOT STARTED") && text.contains("not paired");
            case NOT_STARTED -> text.startsWith("NOT STARTED");
            case OPEN -> text.equals("RUNNING");
            case UNKNOWN -> text.startsWith("UNKNOWN");
            case OFF -> text.isEmpty();
        };
    }

    @Override
    public void inform(String news) {}
}
