package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.NEVER_ANSWERED;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static dev.terminalcloud.systemtests.conformance.Waits.awaitRunning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.util.Map;

/** Section 10: the state of the register's device. */
@Conformance
class PresenceConformanceTest {
    private final TargetSystem cloud;

    PresenceConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.DEVICE_PRESENCE)
    void stateOfTheDeviceIsShown() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer idle = presenceOf(shop.register());
            assertThat(idle.body().path("online").asBoolean())
                    .as(idle.toString())
                    .isTrue();
            assertThat(idle.body().path("busy").asBoolean(true)).isFalse();
            assertThat(idle.body().fieldNames()).toIterable().contains("connectedSince", "status", "model", "firmware");

            PolledTransaction payment = PolledTransaction.start(shop.register(), NEVER_ANSWERED);
            awaitRunning(shop, payment);
            assertThat(presenceOf(shop.register()).body().path("busy").asBoolean())
                    .isTrue();
            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);

            shop.device().powerOff();
            Answer offline = await().atMost(TIMEOUT).until(() -> presenceOf(shop.register()), answer -> !answer.body()
                    .path("online")
                    .asBoolean(true));
            assertThat(offline.member("lastSeen")).as(offline.toString()).isNotNull();
        }
    }

    @Proves(Row.DEVICE_PROBED)
    void probeMeasuresTheRoundTrip() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer answer = asks(shop.register(), shop.register().pairingToken(), Map.of("probe", "true"));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.body().path("roundTripMillis").isIntegralNumber()).isTrue();
        }
    }

    @Proves(Row.DEVICE_SILENT)
    void probeOfADeviceWithoutPowerFails() throws Exception {
        try (Shop shop = cloud.paired()) {
            shop.device().powerOff();

            Answer answer = await().atMost(TIMEOUT)
                    .until(
                            () -> asks(shop.register(), shop.register().pairingToken(), Map.of("probe", "true")),
                            probed -> probed.status() == 504);

            assertThat(answer.member("error"))
                    .isIn("The device is not connected", "The device did not respond within 5 s");
        }
    }

    @Proves(Row.DEVICE_OF_ANOTHER)
    void otherClientSeesNothing() throws Exception {
        try (Shop shop = cloud.paired()) {
            Answer guessed = asks(shop.register(), "guessed", Map.of());

            assertRefused(guessed, 401, "Invalid pairing token");
            Answer unknown = asks(cloud.register(), "guessed", Map.of());
            assertThat(unknown.text()).isEqualTo(guessed.text());
        }
    }

    private static Answer presenceOf(VirtualRegister register) {
        Answer answer = asks(register, register.pairingToken(), Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static Answer asks(VirtualRegister register, String token, Map<String, String> others) {
        Map<String, String> parameters = register.names();
        parameters.putAll(others);
        return register.send(register.requests().device(parameters, token));
    }
}
