package dev.terminalcloud.certification;

import dev.terminalcloud.certification.Check.When;
import dev.terminalcloud.certification.operator.NotRunException;
import dev.terminalcloud.certification.operator.Operator;
import dev.terminalcloud.certification.script.Bench;
import dev.terminalcloud.certification.script.BrokenRuleException;
import dev.terminalcloud.certification.script.Readiness;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the checks, one after the other, on one device. */
public final class Certification {
    private final Bench bench;
    private final Readiness readiness;
    private final Operator operator;

    public Certification(Bench bench, Operator operator) {
        this.bench = bench;
        this.readiness = new Readiness(bench, operator);
        this.operator = operator;
    }

    /** Makes these checks; their outcomes are in the order of the protocol. */
    public List<Outcome> make(Set<Check> checks) throws InterruptedException {
        try {
            readiness.begin();
        } catch (NotRunException e) {
            operator.hears(e.getMessage());
            return checks.stream()
                    .sorted()
                    .map(check -> Outcome.notRun(check, e.getMessage()))
                    .toList();
        }
        return makeAll(checks);
    }

    private List<Outcome> makeAll(Set<Check> checks) throws InterruptedException {
        Map<Check, Outcome> outcomes = new EnumMap<>(Check.class);
        for (When when : When.values()) {
            for (Check check : Check.values()) {
                if (checks.contains(check) && check.isMade(when)) {
                    outcomes.put(check, make(check));
                }
            }
        }
        return List.copyOf(outcomes.values());
    }

    private Outcome make(Check check) throws InterruptedException {
        operator.hears(check.name());
        Outcome outcome = outcome(check);
        operator.hears("  " + outcome.result() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
        return outcome;
    }

    private Outcome outcome(Check check) throws InterruptedException {
        try {
            readiness.restore();
            check.scenario().play(bench);
            return Outcome.passed(check);
        } catch (BrokenRuleException e) {
            return Outcome.failed(check, e.getMessage());
        } catch (NotRunException e) {
            return Outcome.notRun(check, e.getMessage());
        }
    }
}
