package dev.terminalcloud.certification;

import dev.terminalcloud.certification.Check.Timing;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.DeviceOperator;
import dev.terminalcloud.certification.scenario.CheckFailedException;
import dev.terminalcloud.certification.scenario.DeviceUnderTest;
import dev.terminalcloud.certification.scenario.ScenarioSetup;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the checks on one device, one after the other. */
public final class Certification {
    private final DeviceUnderTest bench;
    private final ScenarioSetup setup;
    private final DeviceOperator operator;

    public Certification(DeviceUnderTest bench, DeviceOperator operator) {
        this.bench = bench;
        this.setup = new ScenarioSetup(bench, operator);
        this.operator = operator;
    }

    /** Runs these checks, and returns their outcomes in the order of the protocol. */
    public List<CheckOutcome> run(Set<Check> checks) throws InterruptedException {
        try {
            setup.begin();
        } catch (CheckNotRunException e) {
            operator.inform(e.getMessage());
            return checks.stream()
                    .sorted()
                    .map(check -> CheckOutcome.notRun(check, e.getMessage()))
                    .toList();
        }
        return runAll(checks);
    }

    private List<CheckOutcome> runAll(Set<Check> checks) throws InterruptedException {
        Map<Check, CheckOutcome> outcomes = new EnumMap<>(Check.class);
        for (Timing when : Timing.values()) {
            for (Check check : Check.values()) {
                if (checks.contains(check) && check.isRunAt(when)) {
                    outcomes.put(check, run(check));
                }
            }
        }
        return List.copyOf(outcomes.values());
    }

    private CheckOutcome run(Check check) throws InterruptedException {
        operator.inform(check.name());
        CheckOutcome outcome = outcome(check);
        operator.inform("  " + outcome.result() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
        return outcome;
    }

    private CheckOutcome outcome(Check check) throws InterruptedException {
        try {
            setup.restore();
            check.scenario().play(bench);
            return CheckOutcome.passed(check);
        } catch (CheckFailedException e) {
            return CheckOutcome.failed(check, e.getMessage());
        } catch (CheckNotRunException e) {
            return CheckOutcome.notRun(check, e.getMessage());
        }
    }
}
