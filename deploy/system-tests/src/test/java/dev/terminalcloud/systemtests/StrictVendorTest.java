package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosRequests;
import dev.terminalcloud.virtualregister.VirtualRegister;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A register that has its pairing token, and another client that knows only its three names. */
@Tag("slow")
@ExtendWith(OneStack.class)
class StrictVendorTest {
    private final Shops shops;

    StrictVendorTest(Shops shops) {
        this.shops = shops;
    }

    @Test
    void registerPaysWithItsTokenOnly() throws Exception {
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder)) {
            VirtualRegister register = shop.register().ofStrictVendor(LocalStack.STRICT_VENDOR);
            VirtualRegister other = shops.register()
                    .renamed("POSVendorName", LocalStack.STRICT_VENDOR)
                    .renamed("POSRegisterID", register.names().get("POSRegisterID"));
            assertThat(register.pair(shop.pairingCode()).status()).isEqualTo(200);

            assertError(other.startPurchase(500), 401, "Pairing-Token is missing");
            assertError(guesses(other), 401, "Invalid pairing token");
            assertThat(shop.ran()).isEmpty();
            PolledTransaction payment = PolledTransaction.start(register, 500);
            assertThat(payment.awaitCompleted(TestTimeouts.START).data("TransactionResult"))
                    .isEqualTo("OK-ACCEPTED");
        }
    }

    @Test
    void registerUnpairsWithItsTokenOnly() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            VirtualRegister register = shop.register();

            assertError(register.unpair("guessed"), 401, "Invalid pairing token");
            assertThat(register.unpair(register.pairingToken()).text()).isEqualTo("{\"result\":\"success\"}");

            assertError(
                    register.startPurchase(500), 400, "This register is not paired to a device, please pair it first.");
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.device().pairing() instanceof Unpaired);
            assertThat(register.unpair(register.pairingToken()).status())
                    .as("repeated")
                    .isEqualTo(200);
            assertThat(register.pair(shop.pairingCode()).status()).isEqualTo(200);
        }
    }

    private static Answer guesses(VirtualRegister other) {
        return other.send(other.requests().start(other.purchase(500)).header(PosRequests.PAIRING_TOKEN, "guessed"));
    }

    private static void assertError(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.member("error")).isEqualTo(text);
    }
}
