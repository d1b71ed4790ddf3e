package dev.terminalcloud.virtualdevice;

import static dev.terminalcloud.virtualdevice.TestTimeouts.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.Activity.ConnectionLost;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ConnectionTest {
    private final FakeCloud cloud = FakeCloud.overTcp();
    private final List<Activity> activities = new CopyOnWriteArrayList<>();
    private final UUID id = UUID.randomUUID();
    private VirtualDevice device;

    @AfterEach
    void stop() {
        device.close();
        cloud.close();
    }

    private void start(VirtualDeviceBuilder builder) throws Exception {
        device = builder.watcher(activities::add).build();
        device.start().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void sendsHelloFirstOnEachConnection() throws Exception {
        start(Devices.at(cloud));
        cloud.closeConnection();
        JsonObject second = cloud.awaitNth("hello", 2);

        assertThat(second.getString("status")).isEqualTo("READY");
        assertThat(cloud.types()).containsOnly("hello");
    }

    @Test
    void reconnectsWhenItsNetworkIsPluggedIn() throws Exception {
        start(Devices.at(cloud));
        device.unplugNetwork();
        await().until(() -> activities.stream().anyMatch(ConnectionLost.class::isInstance));

        device.plugNetwork();

        cloud.awaitNth("hello", 2);
        assertThat(cloud.connections()).isEqualTo(2);
    }

    @Test
    void lossOfNetworkOrPowerSendsNoDisconnect() throws Exception {
        start(Devices.at(cloud));
        device.unplugNetwork();
        device.plugNetwork();
        cloud.awaitNth("hello", 2);
        device.powerOff();
        device.powerOn();
        cloud.awaitNth("hello", 3);
        assertThat(cloud.disconnects()).isZero();

        device.close();

        await().until(() -> cloud.disconnects() == 1);
    }

    @Test
    void reconnectsWithoutAcknowledgement() throws Exception {
        start(Devices.at(cloud)
                .timing(new Timing(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(500),
                        Duration.ZERO,
                        Devices.QUICK.reconnect())));
        cloud.stopAcknowledging();
        device.changeStatus(DeviceStatus.NOT_LOGGED_ON);
        cloud.awaitFirst("status");
        cloud.acknowledgeAgain();

        cloud.awaitNth("hello", 2);
        assertThat(activities).contains(new ConnectionLost("a message was not acknowledged in time"));
        assertThat(cloud.all("hello").get(1).getString("status")).isEqualTo("NOT-LOGGED-ON");
    }

    @Test
    void repeatsItsResultAfterEachConnectUntilItIsAcknowledged() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitFirst("transaction-claim");
        cloud.stopAcknowledging();
        cloud.send("start-granted", id);
        JsonObject first = cloud.awaitFirst("transaction-finished");
        cloud.closeConnection();
        cloud.acknowledgeAgain();

        assertThat(cloud.awaitNth("transaction-finished", 2)).isEqualTo(first);
        cloud.closeConnection();
        cloud.awaitNth("hello", 3);

        assertThat(cloud.count("transaction-finished")).isEqualTo(2);
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void repeatsItsClaimUntilAnsweredAndAfterEachConnect() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 500);
        cloud.awaitNth("transaction-claim", 3);
        cloud.closeConnection();
        cloud.awaitNth("hello", 2);
        cloud.awaitNth("transaction-claim", (int) cloud.count("transaction-claim") + 1);

        cloud.send("start-granted", id);

        cloud.awaitFirst("transaction-finished");
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void abandonsAnUnansweredClaimAndIgnoresALateGrant() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 500);

        assertThat(cloud.awaitFirst("transaction-refused").getString("reason")).isEqualTo("NO-GRANT");
        cloud.send("start-granted", id);

        cloud.awaitNth("transaction-refused", 2);
        assertThat(device.shownPayments()).isEmpty();
    }

    @Test
    void repeatedGrantRunsNothingTwice() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 500);
        cloud.offerPurchase(id, 1, 500);
        cloud.send("start-granted", id);
        cloud.send("start-granted", id);
        cloud.send("start-granted", id);

        cloud.awaitNth("transaction-finished", 3);
        assertThat(device.shownPayments()).hasSize(1);
    }

    @Test
    void refusesASecondTransactionWhileOneIsOpen() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 559);
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-progress");
        UUID second = UUID.randomUUID();
        cloud.offerPurchase(second, 1, 500);

        JsonObject refused = cloud.awaitFirst("transaction-refused");
        assertThat(refused.getString("transactionId")).isEqualTo(second.toString());
        assertThat(refused.getString("reason")).isEqualTo("BUSY");
    }

    @Test
    void stopsARunningPaymentWhenAsked() throws Exception {
        start(Devices.at(cloud));
        cloud.offerPurchase(id, 1, 559);
        cloud.send("start-granted", id);
        cloud.awaitFirst("transaction-progress");

        cloud.send("cancel-transaction", id);

        assertThat(cloud.awaitFirst("transaction-finished").getString("transactionResult"))
                .isEqualTo("CANCELLED");
    }

    @Test
    void answersAPingAndIgnoresWhatItDoesNotKnow() throws Exception {
        start(Devices.at(cloud));
        cloud.send(new JsonObject().put("type", "dance").put("tempo", 120));
        cloud.send(new JsonObject().put("type", "ping").put("nonce", "n-1"));

        assertThat(cloud.awaitFirst("pong").getString("nonce")).isEqualTo("n-1");
        await().until(() -> cloud.acknowledgements() == 2);
    }

    @Test
    void keepsTryingWhenItsSecretIsWrong() {
        device = Devices.at(cloud).secret("wrong").watcher(activities::add).build();

        CompletableFuture<Void> started = device.start().toCompletableFuture();

        await().until(() -> activities.stream()
                        .filter(activity -> activity instanceof ConnectionLost lost
                                && lost.reason().contains("NOT_AUTHORIZED"))
                        .count()
                >= 2);
        assertThat(started).isNotDone();
    }
}
