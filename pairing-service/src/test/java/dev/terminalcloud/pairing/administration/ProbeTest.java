package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code POST /admin/devices/{deviceId}/probe}. */
@QuarkusTest
class ProbeTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void deviceThatAnswersIsMeasured() {
        FakeDevice device = world.device().hello();
        device.lifecycle(2);

        CompletableFuture<HttpResponse<String>> probe = probe(device);
        PingDevice ping = device.command(1, PingDevice.class);
        device.say(new DevicePonged(device.id(), ping.sessionId(), ping.nonce()));

        HttpResponse<String> answer = probe.join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject measured = new JsonObject(answer.body());
        assertThat(measured.getString("deviceId")).isEqualTo(device.id());
        assertThat(measured.getLong("roundTripMillis")).isBetween(0L, 5_000L);
        assertThat(ping.sessionId()).isEqualTo(device.session());
    }

    /** The replica that receives the pong writes it into the table; here the test stands in for it. */
    @Test
    void pongMayComeToAnotherReplica() {
        FakeDevice device = world.device().hello();
        device.lifecycle(2);

        CompletableFuture<HttpResponse<String>> probe = probe(device);
        await().until(() -> database.update(
                        "update probe set answered_at = sent_at + interval '42 ms' where device_id = ?", device.id())
                == 1);

        assertThat(probe.join().body())
                .isEqualTo("{\"deviceId\":\"%s\",\"roundTripMillis\":42}".formatted(device.id()));
    }

    @Test
    void pongOfAnotherDeviceOrPingIsIgnored() {
        FakeDevice device = world.device().hello();
        FakeDevice other = world.device().hello();
        device.lifecycle(2);

        CompletableFuture<HttpResponse<String>> probe = probe(device);
        PingDevice ping = device.command(1, PingDevice.class);
        device.say(new DevicePonged(device.id(), ping.sessionId(), "another nonce"));
        other.say(new DevicePonged(other.id(), other.session(), ping.nonce()));

        HttpResponse<String> answer = probe.join();
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Device %s did not respond within 5 s\"}".formatted(device.id()));
    }

    @Test
    void deviceThatIsNotConnectedIsNotAsked() {
        FakeDevice device = world.device();

        HttpResponse<String> answer = probe(device).join();

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Device %s is not connected\"}".formatted(device.id()));
    }

    private CompletableFuture<HttpResponse<String>> probe(FakeDevice device) {
        return CompletableFuture.supplyAsync(
                () -> world.ask("POST", "/admin/devices/" + device.id() + "/probe", null), threads);
    }
}
