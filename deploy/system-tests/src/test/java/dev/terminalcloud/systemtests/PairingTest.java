package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import dev.terminalcloud.virtualregister.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ExtendWith(OneStack.class)
class PairingTest {
    private static final String WRONG_CODE =
            "{\"error\":\"Invalid Pairing Code. Please make sure you entered the code correctly\"}";
    private static final String NOT_PAIRED =
            "{\"error\":\"This register is not paired to a device, please pair it first.\"}";

    private final Shops shops;

    PairingTest(Shops shops) {
        this.shops = shops;
    }

    @ParameterizedTest
    @EnumSource
    void codeOnTheDevicePairsTheRegister(Transport transport) throws Exception {
        try (Shop shop = shops.unpaired(transport, builder -> builder)) {
            String code = shop.pairingCode();
            assertThat(code).matches("[0-9]{8}");

            Answer answer = shop.register().pair(code);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"result\":\"success\"}");
            String shown =
                    shop.register().businessName() + ": " + shop.register().registerName();
            await().atMost(TestTimeouts.TIMEOUT)
                    .until(() -> shop.device().shownText().equals(shown));
            assertThat(shop.device().pairing()).isInstanceOf(Paired.class);
        }
    }

    @Test
    void codeServesOneRegisterOnly() throws Exception {
        try (Shop shop = shops.unpaired(Transport.TCP, builder -> builder)) {
            String code = shop.pairingCode();
            shop.register().pair(code);

            assertThat(shop.register().pair(code).status())
                    .as("the same register again")
                    .isEqualTo(200);
            Answer other = shops.register().pair(code);

            assertThat(other.status()).isEqualTo(400);
            assertThat(other.text()).isEqualTo(WRONG_CODE);
        }
    }

    @Test
    void wrongCodeIsRefused() {
        Answer answer = shops.register().pair("00000000");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.text()).isEqualTo(WRONG_CODE);
    }

    @Test
    void registerThatIsNotPairedCanNotPay() {
        Answer answer = shops.register().startPurchase(500);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(NOT_PAIRED);
    }

    @Test
    void deviceEndsThePairing() throws Exception {
        try (Shop shop = shops.paired(Transport.TCP)) {
            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.device().pairing() instanceof Paired);

            shop.device().unpair();

            await().atMost(TestTimeouts.TIMEOUT).until(() -> shop.device().pairing() instanceof Unpaired);
            assertThat(shop.register().startPurchase(500).text()).isEqualTo(NOT_PAIRED);
        }
    }
}
