package dev.terminalcloud.certification.device;

import dev.terminalcloud.certification.check.CertificationReport;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckRunner;
import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.scenario.DeviceUnderTest;
import dev.terminalcloud.certification.device.scenario.ScenarioSetup;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Runs the checks on one device, one after the other. */
public final class DeviceCertification {
    private final DeviceUnderTest bench;
    private final ScenarioSetup setup;
    private final CertificationOperator operator;

    public DeviceCertification(DeviceUnderTest bench, CertificationOperator operator) {
        this.bench = bench;
        this.setup = new ScenarioSetup(bench, operator);
        this.operator = operator;
    }

    /** Runs these checks, and returns their outcomes in the order of the protocol. */
    public List<CheckOutcome> run(Set<DeviceCheck> checks) throws InterruptedException {
        try {
            setup.begin();
        } catch (CheckNotRunException e) {
            operator.inform(e.getMessage());
            return checks.stream()
                    .sorted()
                    .map(check -> CheckOutcome.notRun(check, e.getMessage()))
                    .toList();
        }
        return new CheckRunner<DeviceCheck>(operator, this::play).runAll(checks);
    }

    private void play(DeviceCheck check) throws CheckFailedException, CheckNotRunException, InterruptedException {
        setup.restore();
        check.definition().scenario().play(bench);
    }

    /** Returns the report about the device. */
    public static CertificationReport report(
            String deviceId, Instant time, List<CheckOutcome> outcomes, Trace trace, int timeDivisor) {
        return new CertificationReport(
                "device",
                deviceId,
                "device protocol",
                time,
                DeviceFacts.of(trace),
                outcomes,
                DeviceCheck.values().length,
                timeDivisor);
    }
}
