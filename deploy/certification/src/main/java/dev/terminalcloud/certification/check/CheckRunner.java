package dev.terminalcloud.certification.check;

import dev.terminalcloud.certification.check.CheckDefinition.Timing;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs checks one after the other, and informs the operator. */
public final class CheckRunner<C extends Enum<C> & Check> {
    private final CertificationOperator operator;
    private final Run<C> run;

    public CheckRunner(CertificationOperator operator, Run<C> run) {
        this.operator = operator;
        this.run = run;
    }

    /** The run of a check, which returns if the rule is kept. */
    @FunctionalInterface
    public interface Run<C> {
        /**
         * Runs the check.
         *
         * @throws CheckFailedException if the rule is violated
         * @throws CheckNotRunException if a precondition fails
         */
        void run(C check) throws CheckFailedException, CheckNotRunException, InterruptedException;
    }

    /** Runs these checks, by their timing and then in the order of the rules, and returns their outcomes in the order of the rules. */
    public List<CheckOutcome> runAll(Set<C> checks) throws InterruptedException {
        Map<C, CheckOutcome> outcomes = new TreeMap<>();
        for (Timing when : Timing.values()) {
            for (C check : new TreeSet<>(checks)) {
                if (check.definition().when() == when) {
                    outcomes.put(check, run(check));
                }
            }
        }
        return List.copyOf(outcomes.values());
    }

    private CheckOutcome run(C check) throws InterruptedException {
        operator.inform(check.name());
        CheckOutcome outcome = outcome(check);
        operator.inform("  " + outcome.result() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
        return outcome;
    }

    private CheckOutcome outcome(C check) throws InterruptedException {
        try {
            run.run(check);
            return CheckOutcome.passed(check);
        } catch (CheckFailedException e) {
            return CheckOutcome.failed(check, e.getMessage());
        } catch (CheckNotRunException e) {
            return e.isApplicable()
                    ? CheckOutcome.notRun(check, e.getMessage())
                    : CheckOutcome.notApplicable(check, e.getMessage());
        }
    }
}
