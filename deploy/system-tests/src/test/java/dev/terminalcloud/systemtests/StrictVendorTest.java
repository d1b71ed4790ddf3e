package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import java.net.http.HttpRequest.BodyPublishers;
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
            FakeRegister register = shop.register().ofStrictVendor(LocalStack.STRICT_VENDOR);
            FakeRegister other = shops.register()
                    .renamed("POSVendorName", LocalStack.STRICT_VENDOR)
                    .renamed("POSRegisterID", register.names().get("POSRegisterID"));
            assertThat(register.pairs(shop.pairingCode()).status()).isEqualTo(200);

            assertError(other.purchases(500), 401, "Pairing-Token is missing");
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
            FakeRegister register = shop.register();

            assertError(register.unpairs("guessed"), 401, "Invalid pairing token");
            assertThat(register.unpairs(register.token()).text()).isEqualTo("{\"result\":\"success\"}");

            assertError(register.purchases(500), 400, "This register is not paired to a device, please pair it first.");
            await().until(() -> shop.device().pairing() instanceof Unpaired);
            assertThat(register.unpairs(register.token()).status())
                    .as("repeated")
                    .isEqualTo(200);
            assertThat(register.pairs(shop.pairingCode()).status()).isEqualTo(200);
        }
    }

    private static Answer guesses(FakeRegister other) {
        return other.sends(FakeRegister.form(other.url("Transaction"))
                .header("Pairing-Token", "guessed")
                .POST(BodyPublishers.ofString(FakeRegister.encoded(other.purchase(500)))));
    }

    private static void assertError(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.member("error")).isEqualTo(text);
    }
}
