package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.NOT_PAIRED;
import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import dev.terminalcloud.virtualregister.VirtualRegister;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Section 2: pairings between registers and devices. */
@Conformance
class PairingRulesConformanceTest {
    private final TargetSystem cloud;

    PairingRulesConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.REGISTER_MOVES)
    @ResourceLock(TargetSystem.SECOND_DEVICE)
    void registerThatPairsAgainLeavesItsDevice() throws Exception {
        cloud.requireDevices(2);
        try (Shop previous = cloud.paired();
                Shop next = cloud.unpaired()) {
            VirtualRegister register = previous.register();
            awaitPaired(previous.device(), register);

            assertThat(register.pair(next.pairingCode()).status()).isEqualTo(200);

            await().atMost(TIMEOUT).until(() -> previous.device().pairing() instanceof Unpaired);
            awaitPaired(next.device(), register);
            PolledTransaction payment = PolledTransaction.start(register, 500);
            assertApproved(payment.awaitCompleted(TIMEOUT));
            assertThat(payment.started().data("DeviceID"))
                    .isEqualTo(next.device().id());
            assertThat(previous.ran()).isEmpty();
        }
    }

    @Proves(Row.DEVICE_MOVES)
    void deviceThatPairsAgainLeavesItsRegister() throws Exception {
        try (Shop shop = cloud.paired()) {
            VirtualRegister next = cloud.register();

            assertThat(next.pair(shop.pairingCode()).status()).isEqualTo(200);

            awaitPaired(shop.device(), next);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertRefused(shop.register().startPurchase(500), 400, NOT_PAIRED));
            assertApproved(PolledTransaction.start(next, 500).awaitCompleted(TIMEOUT));
        }
    }

    @Proves(Row.DEVICE_UNPAIRS)
    void deviceEndsItsPairing() throws Exception {
        try (Shop shop = cloud.paired()) {
            awaitPaired(shop.device(), shop.register());

            shop.device().unpair();

            await().atMost(TIMEOUT).until(() -> shop.device().pairing() instanceof Unpaired);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertRefused(shop.register().startPurchase(500), 400, NOT_PAIRED));
        }
    }

    @Proves(Row.DEVICE_IS_NOTIFIED)
    void deviceShowsWhomItWorksFor() throws Exception {
        try (Shop shop = cloud.paired()) {
            awaitPaired(shop.device(), shop.register());
            assertThat(shop.device().pairing()).isInstanceOf(Paired.class);
        }
    }

    /** Waits until the device shows this pairing: it may have had others. */
    private static void awaitPaired(VirtualDevice device, VirtualRegister register) {
        String shown = register.businessName() + ": " + register.registerName();
        await().atMost(TIMEOUT).until(() -> device.shownText().equals(shown));
    }
}
