package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.WebhookListener.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notifications of a register about its pairing and its device (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class NotificationTest {
    private final WebhookListener pos = new WebhookListener(204);
    private final List<Webhook> received = pos.received();

    @Inject
    TestFixtures shop;

    @AfterEach
    void close() {
        pos.close();
    }

    @Test
    void unpairedRegisterIsNotifiedSignedWithItsToken() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = paired(register, "/mine");

        device.unpairedFrom(register, 2, 2);

        awaitTrue(() -> received.size() == 1);
        Webhook notification = received.get(0);
        assertThat(notification.target()).isEqualTo("/mine");
        assertThat(notification.body().fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
        assertThat(notification.type()).isEqualTo("register.unpaired");
        assertThat(Instant.parse(notification.body().path("timestamp").asText()))
                .isNotNull();
        assertThat(notification.body().path("data"))
                .hasToString(
                        "{\"deviceId\":\"%s\",\"POSRegisterID\":\"%s\",\"POSBusinessName\":\"%s\",\"POSVendorName\":\"%s\"}"
                                .formatted(device.id(), register.id(), register.business(), register.vendor()));
        assertThat(notification.signature()).isEqualTo(signatureOf(notification, register));
        awaitNothingPending(register);
    }

    @Test
    void movedRegisterIsNotifiedAtTheUrlOfTheEarlierPairing() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = paired(register, "/earlier");
        FakeDevice replacement = shop.device();

        replacement.pairedWith(register, 2, 1, url("/later"));
        awaitTrue(() -> received.size() == 1);
        replacement.unpairedFrom(register, 3, 2);
        awaitTrue(() -> received.size() == 2);

        Webhook moved = received.get(0);
        assertThat(moved.target()).isEqualTo("/earlier");
        assertThat(moved.type()).isEqualTo("register.moved");
        assertThat(moved.body().path("data").path("deviceId").asText()).isEqualTo(replacement.id());
        assertThat(moved.body().path("data").path("previousDeviceId").asText()).isEqualTo(device.id());
        assertThat(moved.signature()).isEqualTo(signatureOf(moved, register));
        assertThat(received.get(1).target()).isEqualTo("/later");
        assertThat(received.get(1).id()).isNotEqualTo(moved.id());
    }

    @Test
    void replacedUrlIsUsed() {
        FakeRegister register = shop.register();
        FakeDevice device = paired(register, "/earlier");
        device.pairedWith(register, 2, 2, url("/later"));

        device.unpairedFrom(register, 3, 3);

        awaitTrue(() -> received.size() == 1);
        assertThat(received.get(0).target()).isEqualTo("/later");
        awaitNothingPending(register);
        assertThat(received).hasSize(1);
    }

    @Test
    void pairingWithoutUrlNotifiesNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = paired(register, "/earlier");
        device.pairedWith(register, 2, 2);
        device.unpairedFrom(register, 3, 3);
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 3", Tuple.of(register.id())) == 1);

        assertThat(pending(register)).isZero();
        assertThat(received).isEmpty();
    }

    @Test
    void repeatedEventNotifiesNothingAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = paired(register, "/mine");
        device.unpairedFrom(register, 2, 2);
        awaitTrue(() -> received.size() == 1);
        FakeRegister later = shop.register();

        device.unpairedFrom(register, 2, 2);
        device.pairedWith(register, 1, 1, url("/mine"));
        paired(later, "/later").unpairedFrom(later, 2, 2);

        awaitTrue(() -> received.size() == 2);
        assertThat(received.get(1).target()).isEqualTo("/later");
        assertThat(pending(register)).isZero();
    }

    @Test
    void deviceThatIsOfflineForLongAndReturnsIsNotified() throws Exception {
        FakeRegister register = shop.register();
        FakeDevice device = connected(register, "/mine");
        disconnected(device, 31);

        awaitTrue(() -> received.size() == 1);
        device.connected();
        awaitTrue(() -> received.size() == 2);

        assertThat(received).extracting(Webhook::type).containsExactly("device.offline", "device.online");
        for (Webhook notification : received) {
            assertThat(notification.signature()).isEqualTo(signatureOf(notification, register));
            assertThat(notification.body().path("data").path("deviceId").asText())
                    .isEqualTo(device.id());
        }
        assertThat(received.get(0).id()).isNotEqualTo(received.get(1).id());
    }

    /** The other device shows that detection has run since: it looks at all devices at once. */
    @Test
    void deviceThatIsOfflineForAMomentNotifiesNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = connected(register, "/mine");
        FakeRegister otherRegister = shop.register();
        FakeDevice other = connected(otherRegister, "/other");
        disconnected(device, 0);
        disconnected(other, 31);
        awaitTrue(() -> received.size() == 1);

        device.connected();
        other.connected();

        awaitTrue(() -> received.size() == 2);
        assertThat(received).extracting(Webhook::target).containsOnly("/other");
        assertThat(pending(register)).isZero();
    }

    @Test
    void deviceOfAConnectorWithoutHeartbeatIsOffline() {
        FakeRegister register = shop.register();
        FakeDevice device = connected(register, "/mine");
        shop.execute(
                "insert into connector (connector_index, epoch, suspended_at) values (78, 1, now() - interval '31 seconds')",
                Tuple.tuple());
        shop.execute(
                "update device_session set connector_index = 78 where session_id = $1", Tuple.of(device.session()));
        // Detection rests until a connection of any device begins or ends.
        shop.device().connected();

        awaitTrue(() -> received.size() == 1);
        assertThat(received.get(0).type()).isEqualTo("device.offline");
        shop.execute("update connector set suspended_at = null where connector_index = 78", Tuple.tuple());
        awaitTrue(() -> received.size() == 2);
        assertThat(received.get(1).type()).isEqualTo("device.online");
    }

    @Test
    void failedNotificationIsSentAgainWithTheSameId() {
        pos.answer(500);
        FakeRegister register = shop.register();
        paired(register, "/mine").unpairedFrom(register, 2, 2);
        awaitTrue(() -> received.size() == 1
                && shop.count(
                                "notification where register_id = $1 and attempts = 1"
                                        + " and next_attempt_at <= now() + interval '5 seconds'",
                                Tuple.of(register.id()))
                        == 1);

        pos.answer(204);

        awaitTrue(() -> pending(register) == 0);
        assertThat(received).hasSize(2);
        assertThat(received.get(1).id()).isEqualTo(received.get(0).id());
        assertThat(received.get(1).text()).isEqualTo(received.get(0).text());
    }

    private FakeDevice paired(FakeRegister register, String path) {
        FakeDevice device = shop.device().pairedWith(register, 1, 1, url(path));
        awaitTrue(() -> shop.count("pairing where register_id = $1", Tuple.of(register.id())) == 1);
        return device;
    }

    /** Pairs it with a device that has been paired and connected for long. */
    private FakeDevice connected(FakeRegister register, String path) {
        FakeDevice device = paired(register, path).connected();
        awaitTrue(() -> shop.count("device_session where session_id = $1", Tuple.of(device.session())) == 1);
        shop.execute(
                "update pairing set paired_at = paired_at - interval '1 hour' where register_id = $1",
                Tuple.of(register.id()));
        return device;
    }

    /** Ends its session so many seconds ago. */
    private void disconnected(FakeDevice device, int seconds) {
        device.disconnected();
        awaitTrue(() ->
                shop.count("device_session where session_id = $1 and ended_at is not null", Tuple.of(device.session()))
                        == 1);
        shop.execute(
                "update device_session set ended_at = ended_at - make_interval(secs => $2) where session_id = $1",
                Tuple.of(device.session(), (double) seconds));
    }

    private void awaitNothingPending(FakeRegister register) {
        awaitTrue(() -> pending(register) == 0);
    }

    private long pending(FakeRegister register) {
        return shop.count("notification where register_id = $1", Tuple.of(register.id()));
    }

    private String url(String path) {
        return "http://localhost:%d%s".formatted(pos.port(), path);
    }

    private static String signatureOf(Webhook notification, FakeRegister register) throws Exception {
        byte[] key = MessageDigest.getInstance("SHA-256")
                .digest(register.pairingToken().text().getBytes(UTF_8));
        return notification.signatureWith(key);
    }
}
