package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairingTest {
    private final FakeCloud cloud = FakeCloud.overTcp();
    private final VirtualDevice device = Devices.at(cloud).build();

    @BeforeEach
    void start() throws Exception {
        device.start().toCompletableFuture().get(10, SECONDS);
    }

    @AfterEach
    void stop() {
        device.close();
        cloud.close();
    }

    @Test
    void showsTheCodeThatItAskedFor() throws Exception {
        CompletableFuture<String> code = device.requestPairingCode().toCompletableFuture();
        cloud.awaitFirst("pairing-code-request");

        cloud.send(code("12345678", 120));

        assertThat(code.get(10, SECONDS)).isEqualTo("12345678");
        assertThat(device.shownPairingCode()).contains("12345678");
        assertThat(device.shownText()).isEqualTo("PAIRING CODE 12345678");
    }

    @Test
    void dropsAnExpiredCode() {
        cloud.send(code("12345678", 1));
        await().until(() -> device.shownPairingCode().isPresent());

        await().until(() -> device.shownPairingCode().isEmpty());
        assertThat(device.shownText()).isEqualTo("NOT PAIRED");
    }

    @Test
    void asksForACodeAgainAfterTheConnectionWasLost() throws Exception {
        CompletableFuture<String> code = device.requestPairingCode().toCompletableFuture();
        cloud.awaitFirst("pairing-code-request");
        cloud.closeConnection();

        cloud.awaitNth("pairing-code-request", 2);
        cloud.send(code("87654321", 120));

        assertThat(code.get(10, SECONDS)).isEqualTo("87654321");
    }

    @Test
    void showsItsPairing() {
        cloud.send(paired(3, "Tom & Jerry's Café", "Till 1"));

        await().until(() -> device.shownText().equals("Tom & Jerry's Café: Till 1"));
        assertThat(device.pairing()).isEqualTo(new Paired(3, "Tom & Jerry's Café", "Till 1"));
    }

    @Test
    void olderPairingMessageIsIgnored() {
        cloud.send(paired(3, "New", "Till"));
        cloud.send(paired(2, "Old", "Till"));
        cloud.send(new JsonObject().put("type", "unpaired").put("pairingNumber", 1));
        cloud.send(new JsonObject().put("type", "ping").put("nonce", "after"));

        cloud.awaitFirst("pong");
        assertThat(device.pairing()).isEqualTo(new Paired(3, "New", "Till"));
    }

    @Test
    void refusesTheOfferOfAnOlderPairing() {
        cloud.send(paired(3, "New", "Till"));
        cloud.offerPurchase(UUID.randomUUID(), 2, 500);

        assertThat(cloud.awaitFirst("transaction-refused").getString("reason")).isEqualTo("OLD-PAIRING");
    }

    @Test
    void offerOfANewerPairingProtectsFromTheOlderOne() {
        UUID first = UUID.randomUUID();
        cloud.offerPurchase(first, 3, 500);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-refused", first);

        cloud.offerPurchase(UUID.randomUUID(), 2, 500);

        assertThat(cloud.awaitFirst("transaction-refused").getString("reason")).isEqualTo("OLD-PAIRING");
    }

    @Test
    void asksToUnpairUntilItIsUnpaired() {
        cloud.send(paired(3, "Shop", "Till"));
        await().until(() -> device.pairing().number() == 3);

        device.unpair();
        assertThat(cloud.awaitFirst("unpair").getInteger("pairingNumber")).isEqualTo(3);
        cloud.closeConnection();
        cloud.awaitNth("unpair", 2);
        cloud.send(new JsonObject().put("type", "unpaired").put("pairingNumber", 4));

        await().until(() -> device.pairing().equals(new Unpaired(4)));
        assertThat(device.shownText()).isEqualTo("NOT PAIRED");
        cloud.closeConnection();
        cloud.awaitNth("hello", 3);
        assertThat(cloud.count("unpair")).isEqualTo(2);
    }

    private static JsonObject code(String code, int seconds) {
        return new JsonObject().put("type", "pairing-code").put("code", code).put("expiresInSeconds", seconds);
    }

    private static JsonObject paired(long number, String businessName, String registerName) {
        return new JsonObject()
                .put("type", "paired")
                .put("pairingNumber", number)
                .put("businessName", businessName)
                .put("registerName", registerName);
    }
}
