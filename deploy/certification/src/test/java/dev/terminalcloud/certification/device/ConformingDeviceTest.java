package dev.terminalcloud.certification.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.certification.check.CheckOutcome;
import dev.terminalcloud.certification.check.CheckOutcome.Result;
import dev.terminalcloud.certification.device.cloud.Identity;
import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwice;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.LoseConnection;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A conforming device passes, also on a bad network. */
@Tag("slow")
class ConformingDeviceTest {
    static Stream<Arguments> conformingDevices() {
        return Map.<String, UnaryOperator<VirtualDeviceBuilder>>of(
                        "without misbehaviour", device -> device,
                        "that sends each message twice", device -> device.misbehaviour(new AnswerTwice()),
                        "that loses its connection before it can report a result",
                                device -> device.misbehaviour(
                                        new LoseConnection(Moment.BEFORE, TransactionStep.FINISHED, Duration.ZERO)))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conformingDevices")
    void deviceThatKeepsTheProtocolPasses(String name, UnaryOperator<VirtualDeviceBuilder> kind) throws Exception {
        List<CheckOutcome> outcomes = CertifiedDevice.outcomes(kind);

        assertThat(outcomes)
                .extracting(CheckOutcome::check)
                .containsExactlyElementsOf(EnumSet.allOf(DeviceCheck.class));
        assertThat(outcomes).as(name).allSatisfy(outcome -> assertThat(outcome)
                .isEqualTo(CheckOutcome.passed(outcome.check())));
    }

    @Test
    void deviceOverWebSocketPasses() throws Exception {
        Identity identity = new Identity("70000", "a secret");
        try (SimulatedCloud cloud = SimulatedCloud.open(identity, "localhost", 0, 0);
                VirtualDevice device = VirtualDevice.builder()
                        .id(identity.deviceId())
                        .secret(identity.secret())
                        .cloud(URI.create("ws://localhost:" + cloud.webSocketPort() + "/mqtt"))
                        .build()) {
            List<CheckOutcome> outcomes = CertifiedDevice.outcomes(
                    cloud,
                    VirtualOperator.at(device),
                    EnumSet.of(
                            DeviceCheck.SENDS_HELLO_FIRST,
                            DeviceCheck.ANSWERS_PING,
                            DeviceCheck.RUNS_A_GRANTED_TRANSACTION));

            assertThat(outcomes).extracting(CheckOutcome::result).containsOnly(Result.PASSED);
        }
    }
}
