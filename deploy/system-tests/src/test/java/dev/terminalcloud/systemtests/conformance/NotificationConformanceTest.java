package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.CallbackReceiver.answering;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.conformance.CallbackReceiver.Call;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Section 10: notifications of a register about its pairing and its device. */
@Conformance
class NotificationConformanceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A device is reported after 30 s; a machine that is busy takes longer to notice that it is gone. */
    private static final Duration OFFLINE_TIMEOUT = Duration.ofMinutes(3);

    private final TargetSystem cloud;

    NotificationConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.UNPAIRED_NOTIFIED)
    void endOfThePairingIsNotified() throws Exception {
        try (CallbackReceiver receiver = cloud.receiver(answering(204));
                Shop shop = cloud.unpaired()) {
            pairs(shop.register(), shop.pairingCode(), receiver.url());

            assertThat(shop.register().unpair(shop.register().pairingToken()).status())
                    .isEqualTo(200);

            Call call = awaitCall(receiver, 1, TIMEOUT);
            assertThat(body(call).path("type").asText()).isEqualTo("register.unpaired");
            assertThat(body(call).path("data").path("POSRegisterID").asText())
                    .isEqualTo(shop.register().names().get("POSRegisterID"));
            assertThat(call.header("webhook-signature")).isEqualTo(signature(shop.register(), call));
        }
    }

    @Proves(Row.PRESENCE_NOTIFIED)
    void deviceWithoutPowerIsNotified() throws Exception {
        try (CallbackReceiver receiver = cloud.receiver(answering(204));
                Shop shop = cloud.unpaired()) {
            pairs(shop.register(), shop.pairingCode(), receiver.url());

            shop.device().powerOff();
            Call offline = awaitCall(receiver, 1, OFFLINE_TIMEOUT);
            shop.device().powerOn();
            Call online = awaitCall(receiver, 2, OFFLINE_TIMEOUT);

            assertThat(body(offline).path("type").asText()).isEqualTo("device.offline");
            assertThat(body(online).path("type").asText()).isEqualTo("device.online");
            assertThat(online.header("webhook-signature")).isEqualTo(signature(shop.register(), online));
        }
    }

    @Proves(Row.MOVED_NOTIFIED)
    @ResourceLock(TargetSystem.SECOND_DEVICE)
    void otherDeviceIsNotifiedAtTheEarlierUrl() throws Exception {
        cloud.requireDevices(2);
        try (CallbackReceiver receiver = cloud.receiver(answering(204));
                Shop shop = cloud.unpaired();
                Shop other = cloud.unpaired()) {
            pairs(shop.register(), shop.pairingCode(), receiver.url());
            String earlierToken = shop.register().pairingToken();

            assertThat(shop.register().pair(other.pairingCode()).status()).isEqualTo(200);

            Call call = awaitCall(receiver, 1, TIMEOUT);
            assertThat(body(call).path("type").asText()).isEqualTo("register.moved");
            assertThat(call.header("webhook-signature")).isEqualTo(signature(earlierToken, call));
        }
    }

    @Proves(Row.NOTIFICATION_URL)
    void urlIsCheckedBeforeTheCode() {
        Map<String, String> parameters = cloud.register().names();
        parameters.put("PosNotificationCallbackUrl", "pos.example.com/notifications");

        Answer answer = cloud.register().pair("00000000", parameters);

        Expected.assertRefused(answer, 400, "PosNotificationCallbackUrl must start with http:// or https://");
    }

    private static void pairs(VirtualRegister register, String code, String url) {
        Map<String, String> parameters = register.names();
        parameters.put("PosNotificationCallbackUrl", url);
        Answer answer = register.pair(code, parameters);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Call awaitCall(CallbackReceiver receiver, int number, Duration timeout) {
        await().atMost(timeout).until(() -> receiver.calls().size() >= number);
        return receiver.calls().get(number - 1);
    }

    private static JsonNode body(Call call) throws IOException {
        return JSON.readTree(call.body());
    }

    private static String signature(VirtualRegister register, Call call) throws GeneralSecurityException {
        return signature(register.pairingToken(), call);
    }

    /** The key is the SHA-256 of the pairing token. */
    private static String signature(String token, Call call) throws GeneralSecurityException {
        byte[] key = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed = "%s.%s.%s".formatted(call.header("webhook-id"), call.header("webhook-timestamp"), call.body());
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }
}
