package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.DeviceStatusChanged;
import dev.terminalcloud.events.DeviceStatus;
import dev.terminalcloud.routes.EndedSessionCleanup;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A register that asks whether its device is there: {@code GET /POS/Device} (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PresenceTest {
    @Inject
    TestFixtures shop;

    @Inject
    EndedSessionCleanup sessions;

    @Test
    void connectedDeviceIsOnline() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        JsonNode presence = presenceOf(register);

        assertThat(presence.fieldNames())
                .toIterable()
                .containsExactly("deviceId", "online", "connectedSince", "status", "model", "firmware", "busy");
        assertThat(presence.path("deviceId").asText()).isEqualTo(device.id());
        assertThat(presence.path("online").asBoolean()).isTrue();
        assertThat(Instant.parse(presence.path("connectedSince").asText())).isNotNull();
        assertThat(presence.path("status").asText()).isEqualTo("READY");
        assertThat(presence.path("model").asText()).isEqualTo("Fake");
        assertThat(presence.path("firmware").asText()).isEqualTo("1");
        assertThat(presence.path("busy").asBoolean()).isFalse();
    }

    @Test
    void disconnectedDeviceShowsWhenItWasLastSeen() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        String connectedSince = presenceOf(register).path("connectedSince").asText();
        device.disconnected();

        awaitTrue(() -> !presenceOf(register).path("online").asBoolean(true));

        JsonNode presence = presenceOf(register);
        assertThat(presence.fieldNames())
                .toIterable()
                .containsExactly("deviceId", "online", "lastSeen", "status", "model", "firmware", "busy");
        assertThat(Instant.parse(presence.path("lastSeen").asText())).isAfter(Instant.parse(connectedSince));
    }

    @Test
    void deviceThatReconnectsIsOnlineSinceThen() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        UUID earlier = device.session();
        device.disconnected();
        awaitTrue(() -> !presenceOf(register).path("online").asBoolean(true));
        String lastSeen = presenceOf(register).path("lastSeen").asText();

        device.connected();
        awaitTrue(() -> presenceOf(register).path("online").asBoolean());

        assertThat(device.session()).isNotEqualTo(earlier);
        assertThat(Instant.parse(presenceOf(register).path("connectedSince").asText()))
                .isAfter(Instant.parse(lastSeen));
    }

    @Test
    void newestSessionOutlivesItsEnd() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        UUID earlier = device.session();
        device.disconnected();
        device.connected().disconnected();
        awaitTrue(() -> ended(device) == 2);
        shop.execute(
                "update device_session set ended_at = ended_at - interval '9 days' where device_id = $1",
                Tuple.of(device.id()));
        JsonNode before = presenceOf(register);

        sessions.deleteEnded().await().indefinitely();

        assertThat(shop.count("device_session where session_id = $1", Tuple.of(earlier)))
                .isZero();
        assertThat(presenceOf(register)).isEqualTo(before);
        assertThat(before.has("lastSeen")).isTrue();
    }

    private long ended(FakeDevice device) {
        return shop.count("device_session where device_id = $1 and ended_at is not null", Tuple.of(device.id()));
    }

    @Test
    void deviceThatHasNeverConnectedHasNoTimes() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);

        assertThat(presenceOf(register))
                .hasToString("{\"deviceId\":\"%s\",\"online\":false,\"busy\":false}".formatted(device.id()));
    }

    @Test
    void deviceOfAConnectorWithoutHeartbeatIsOffline() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        int connector = 77;
        shop.execute(
                "insert into connector (connector_index, epoch, suspended_at) values ($1, 1, now())",
                Tuple.of(connector));
        shop.execute(
                "update device_session set connector_index = $2 where session_id = $1",
                Tuple.of(device.session(), connector));

        JsonNode presence = presenceOf(register);

        assertThat(presence.path("online").asBoolean(true)).isFalse();
        assertThat(presence.has("lastSeen")).isTrue();
        assertThat(presence.path("model").asText()).isEqualTo("Fake");
    }

    @Test
    void changedStatusIsShown() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        device.send(new DeviceStatusChanged(device.id(), device.session(), DeviceStatus.NOT_LOGGED_ON));

        awaitTrue(() -> presenceOf(register).path("status").asText().equals("NOT-LOGGED-ON"));
        device.disconnected();
        awaitTrue(() -> !presenceOf(register).path("online").asBoolean(true));
        assertThat(presenceOf(register).path("status").asText()).isEqualTo("NOT-LOGGED-ON");
    }

    @Test
    void deviceIsBusyWhileATransactionKeepsItFromAnother() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        assertThat(presenceOf(register).path("busy").asBoolean()).isTrue();
        device.starts(started.transactionId());
        assertThat(presenceOf(register).path("busy").asBoolean()).isTrue();

        device.finishes(started.transactionId(), approved(500));

        awaitTrue(() -> !presenceOf(register).path("busy").asBoolean(true));
    }

    @Test
    void deviceThatHasLostATransactionIsNotBusy() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());

        device.hasNeverSeen(started.transactionId());

        awaitTrue(() -> !presenceOf(register).path("busy").asBoolean(true));
    }

    @Test
    void deviceThatTakesOverIsShown() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        FakeDevice replacement = shop.device();

        replacement.pairedWith(register, 2, 1);

        awaitTrue(() -> presenceOf(register).path("deviceId").asText().equals(replacement.id()));
        assertThat(presenceOf(register).path("online").asBoolean(true)).isFalse();
    }

    @Test
    void probeMeasuresTheRoundTrip() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        CompletableFuture<Answer> probe = probes(register);
        PingDevice ping = device.awaitCommand(PingDevice.class, any -> true);
        device.send(new DevicePonged(device.id(), ping.sessionId(), ping.nonce()));

        Answer answer = probe.join();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().path("roundTripMillis").asLong(-1)).isBetween(0L, 5_000L);
        assertThat(answer.body().path("online").asBoolean()).isTrue();
        assertThat(ping.sessionId()).isEqualTo(device.session());
    }

    /** The replica that receives the pong writes it into the table; here the test stands in for it. */
    @Test
    void pongMayComeToAnotherReplica() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        CompletableFuture<Answer> probe = probes(register);
        device.awaitCommand(PingDevice.class, any -> true);
        shop.execute(
                "update probe set answered_at = sent_at + interval '42 ms' where device_id = $1",
                Tuple.of(device.id()));

        assertThat(probe.join().body().path("roundTripMillis").asLong()).isEqualTo(42);
    }

    @Test
    void deviceThatDoesNotAnswerIsUnresponsiveAndProbedOnceAtATime() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        FakeDevice other = shop.deviceBeside(device).connected();

        CompletableFuture<Answer> first = probes(register);
        PingDevice ping = device.awaitCommand(PingDevice.class, any -> true);
        other.send(new DevicePonged(other.id(), other.session(), ping.nonce()));
        device.send(new DevicePonged(device.id(), ping.sessionId(), "another nonce"));
        Answer second = probes(register).join();

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.error()).isEqualTo("Another probe of this device has not ended");
        assertThat(first.join().status()).isEqualTo(504);
        assertThat(first.join().error()).isEqualTo("The device did not respond within 5 s");
        assertThat(device.commands(PingDevice.class, any -> true)).containsExactly(ping);
    }

    @Test
    void deviceThatIsOfflineIsNotAsked() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);

        Answer answer = probes(register).join();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.error()).isEqualTo("The device is not connected");
        assertThat(shop.count("probe where device_id = $1", Tuple.of(device.id())))
                .isZero();
    }

    @Test
    void probesOfARegisterAreLimited() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        shop.execute(
                "insert into probe (nonce, device_id, sent_at, answered_at)"
                        + " select gen_random_uuid()::text, $1, now() - interval '20 seconds', now() from generate_series(1, 12)",
                Tuple.of(device.id()));

        var answer = register.sendsRaw(register.request(path(register, Map.of("probe", "true")))
                .header("Pairing-Token", register.pairingToken().text()));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Too many probes of this device: the limit is 12 per minute\"}");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 40L);
        assertThat(presenceOf(register).path("online").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE", " true"})
    void probeIsTrueOrFalse(String value) {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);

        Answer answer =
                asks(register, Map.of("probe", value), register.pairingToken().text());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("probe must be true or false");
        assertThat(asks(
                                register,
                                Map.of("probe", "false"),
                                register.pairingToken().text())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherClientSeesNothing() {
        FakeRegister register = shop.register();
        FakeRegister other = shop.register();
        shop.pairedDeviceOf(register);
        shop.pairedDeviceOf(other);

        assertRejected(register.gets(path(register, Map.of())), "Pairing-Token is missing");
        Answer withAnotherToken = asks(register, Map.of(), other.pairingToken().text());
        assertRejected(withAnotherToken, "Invalid pairing token");
        assertThat(asks(shop.register(), Map.of(), "guessed")).isEqualTo(withAnotherToken);
        Map<String, String> renamed = Map.of("POSBusinessName", "Another");
        assertThat(asks(register, renamed, register.pairingToken().text())).isEqualTo(withAnotherToken);
    }

    @Test
    void unpairedRegisterHasNoDevice() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register).unpairedFrom(register, 2, 2);
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 2", Tuple.of(register.id())) == 1);

        Answer answer = asks(register, Map.of(), register.pairingToken().text());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("This register is not paired to a device, please pair it first.");
    }

    @Test
    void onlyGetIsPartOfTheApi() {
        FakeRegister register = shop.register();
        Answer deleted = register.sends(register.request("/POS/Device").DELETE());
        assertThat(deleted.status()).isEqualTo(404);
        assertThat(register.gets("/pos/DEVICE/?POSVendorName=V").error()).isEqualTo("POSBusinessName is missing");
    }

    private static JsonNode presenceOf(FakeRegister register) {
        Answer answer = asks(register, Map.of(), register.pairingToken().text());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private static CompletableFuture<Answer> probes(FakeRegister register) {
        return CompletableFuture.supplyAsync(() ->
                asks(register, Map.of("probe", "true"), register.pairingToken().text()));
    }

    private static Answer asks(FakeRegister register, Map<String, String> others, String token) {
        return register.sends(register.request(path(register, others)).header("Pairing-Token", token));
    }

    private static String path(FakeRegister register, Map<String, String> others) {
        Map<String, String> parameters = register.names();
        parameters.putAll(others);
        return "/POS/Device?" + FormBody.encode(parameters);
    }

    private static void assertRejected(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo(error);
    }
}
