package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.journal.FileJournal;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests power cuts, which lose everything that is not in the file: after each, another device object reads the same journal. */
class PowerCutTest {
    @TempDir
    private Path folder;

    private final FakeCloud cloud = FakeCloud.overTcp();
    private final UUID id = UUID.randomUUID();
    private FileJournal journal;
    private VirtualDevice device;

    @BeforeEach
    void start() throws Exception {
        journal = FileJournal.open(folder.resolve("journal"));
        device = device(journal);
    }

    @AfterEach
    void stop() {
        device.close();
        cloud.close();
    }

    private VirtualDevice device(Journal itsJournal) throws Exception {
        VirtualDevice newDevice = Devices.at(cloud).journal(itsJournal).build();
        newDevice.start().toCompletableFuture().get(10, SECONDS);
        return newDevice;
    }

    private void cutPowerAndRestart() throws Exception {
        device.powerOff();
        await().until(() -> device.shownText().isEmpty());
        journal.close();
        journal = FileJournal.open(folder.resolve("journal"));
        device = device(journal);
    }

    @Test
    void claimsAgainWhatItHadClaimed() throws Exception {
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitFirst("transaction-claim");
        cutPowerAndRestart();

        cloud.send("start-granted", id);

        cloud.awaitFirst("transaction-finished");
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void reversesAndReportsWhatRan() throws Exception {
        cloud.offerPurchase(id, 1, 559);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-progress");
        cutPowerAndRestart();

        JsonObject finished = cloud.awaitFirst("transaction-finished");

        assertThat(finished.getString("transactionResult")).isEqualTo("CANCELLED");
        assertThat(finished.getString("resultText")).isEqualTo("Power failure, the payment was reversed");
        assertThat(device.shownPayments()).isEmpty();
    }

    @Test
    void repeatsAResultThatWasNotAcknowledged() throws Exception {
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitFirst("transaction-claim");
        cloud.stopAcknowledging();
        cloud.send("start-granted", id);
        JsonObject first = cloud.awaitFirst("transaction-finished");
        device.powerOff();
        cloud.acknowledgeAgain();
        cutPowerAndRestart();

        assertThat(cloud.awaitNth("transaction-finished", 2)).isEqualTo(first);
    }

    @Test
    void neverRunsAgainWhatItHasRun() throws Exception {
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitFirst("transaction-claim");
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-finished");
        cutPowerAndRestart();

        cloud.offerPurchase(id, 1, 500);
        cloud.send("start-granted", id);
        cloud.send("report-transaction", id);

        await().until(() -> cloud.count("transaction-finished") >= 4);
        assertThat(device.shownPayments()).isEmpty();
    }

    @Test
    void refusesForGoodWhatItHasNeverSeen() throws Exception {
        cloud.send("report-transaction", id);
        cloud.awaitFirst("transaction-never-seen");
        cutPowerAndRestart();

        cloud.offerPurchase(id, 1, 500);
        cloud.send("start-granted", id);

        cloud.awaitNth("transaction-never-seen", 3);
        assertThat(device.shownPayments()).isEmpty();
    }

    @Test
    void remembersItsPairing() throws Exception {
        cloud.send(new JsonObject()
                .put("type", "paired")
                .put("pairingNumber", 5)
                .put("businessName", "Shop")
                .put("registerName", "Till"));
        await().until(() -> device.pairing().number() == 5);
        cutPowerAndRestart();

        assertThat(device.pairing()).isEqualTo(new Paired(5, "Shop", "Till"));
        assertThat(device.shownText()).isEqualTo("Shop: Till");
        cloud.offerPurchase(id, 4, 500);
        assertThat(cloud.awaitFirst("transaction-refused").getString("reason")).isEqualTo("OLD-PAIRING");
    }
}
