package dev.terminalcloud.certification.device;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.device.cloud.Identity;
import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.certification.device.scenario.DeviceUnderTest;
import dev.terminalcloud.certification.device.scenario.Times;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.virtualdevice.Timing;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualdevice.connection.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A virtual device and the suite, both with a tenth of the times of the protocol. */
final class CertifiedDevice {
    private static final Identity IDENTITY = new Identity("7000000001", "a secret");
    private static final int TIME_DIVISOR = 10;
    private static final Times TIMES = Times.PROTOCOL
            .dividedBy(TIME_DIVISOR)
            .withReply(Duration.ofSeconds(3))
            .withOperator(Duration.ofSeconds(4));
    private static final Timing TIMING = new Timing(
            Timing.PROTOCOL.claimEvery().dividedBy(TIME_DIVISOR),
            Timing.PROTOCOL.grantTimeout().dividedBy(TIME_DIVISOR),
            Timing.PROTOCOL.acknowledgementLimit().dividedBy(TIME_DIVISOR),
            Duration.ZERO,
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3)));

    private CertifiedDevice() {}

    static List<CheckOutcome> outcomes(UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        return outcomes(kind, EnumSet.allOf(DeviceCheck.class));
    }

    static List<CheckOutcome> outcomes(UnaryOperator<VirtualDeviceBuilder> kind, Set<DeviceCheck> checks)
            throws InterruptedException {
        try (SimulatedCloud cloud = SimulatedCloud.open(IDENTITY, "localhost", 0, 0);
                VirtualDevice device = kind.apply(builder(cloud)).build()) {
            return outcomes(cloud, VirtualOperator.at(device), checks);
        }
    }

    /** Each power cut replaces the device by one with an empty journal. */
    static List<CheckOutcome> outcomesWithoutMemory() throws InterruptedException {
        try (SimulatedCloud cloud = SimulatedCloud.open(IDENTITY, "localhost", 0, 0)) {
            VirtualOperator operator =
                    VirtualOperator.atDeviceWithoutMemory(() -> builder(cloud).build());
            List<CheckOutcome> outcomes = outcomes(cloud, operator, EnumSet.allOf(DeviceCheck.class));
            operator.device().close();
            return outcomes;
        }
    }

    private static VirtualDeviceBuilder builder(SimulatedCloud cloud) {
        return VirtualDevice.builder()
                .id(IDENTITY.deviceId())
                .secret(IDENTITY.secret())
                .cloud(URI.create("mqtt://localhost:" + cloud.mqttPort()))
                .timing(TIMING);
    }

    static List<CheckOutcome> outcomes(SimulatedCloud cloud, CertificationOperator operator, Set<DeviceCheck> checks)
            throws InterruptedException {
        return new DeviceCertification(new DeviceUnderTest(cloud, operator, TIMES, 1), operator).run(checks);
    }

    static Set<DeviceCheck> failed(List<CheckOutcome> outcomes) {
        return with(Result.FAILED, outcomes);
    }

    static Set<DeviceCheck> with(Result result, List<CheckOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.result() == result)
                .map(outcome -> (DeviceCheck) outcome.check())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeviceCheck.class)));
    }
}
