package dev.terminalcloud.local;

import static dev.terminalcloud.local.TestTimeouts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoDevicesTest {
    private static final int OK = 200;
    private static final int NO_RESPONSE = 0;

    private final SortedMap<String, String> requests = new ConcurrentSkipListMap<>();
    /** The statuses of the first responses. */
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();

    private final StringWriter terminal = new StringWriter();
    private HttpServer administration;

    @BeforeEach
    void start() throws IOException {
        administration = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Port.free()), 0);
        administration.createContext("/admin/devices/", exchange -> {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            requests.put(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int transientStatus = Optional.ofNullable(failures.poll()).orElse(OK);
            if (transientStatus == NO_RESPONSE) {
                exchange.close();
                return;
            }
            int status = "Basic b3BlcmF0b3I6c2VjcmV0".equals(credentials) ? transientStatus : 401;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        administration.start();
    }

    @AfterEach
    void stop() {
        administration.stop(0);
    }

    @Test
    void allTwentyAreRegisteredWithThePublicSecret() {
        register(20, "secret");
        assertThat(requests).hasSize(20);
        assertThat(requests.firstKey()).isEqualTo("PUT /admin/devices/7000000001");
        assertThat(requests.lastKey()).isEqualTo("PUT /admin/devices/7000000020");
        assertThat(requests.values()).containsOnly("{\"secret\":\"demo-device-secret\"}");
    }

    @Test
    void moreThanAreAskedForAtATimeAreAllRegistered() {
        register(151, "secret");
        assertThat(requests).hasSize(151);
        assertThat(requests.lastKey()).isEqualTo("PUT /admin/devices/" + new DemoDevices(151).last());
        assertThat(new DemoDevices(151).last()).isEqualTo("7000000151");
    }

    @Test
    void rejectedRegistrationIsReported() {
        assertThatThrownBy(() -> register(20, "wrong"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("401");
    }

    @Test
    void registrationThatTheServiceWasTooBusyForIsRepeated() {
        failures.addAll(List.of(503, NO_RESPONSE, 503, 429, 502, 504, 408, NO_RESPONSE));
        register(20, "secret");
        assertThat(failures).isEmpty();
        assertThat(requests).hasSize(20);
    }

    @Test
    void serviceThatIsNotReachableYetIsAwaited() throws IOException {
        int port = administration.getAddress().getPort();
        administration.stop(0);
        CompletableFuture<Void> registered = CompletableFuture.runAsync(() -> register(20, "secret", port));
        await().until(() -> terminal.toString().contains("0 of 20 are registered, 70000000"));
        administration = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        administration.createContext("/admin/devices/", exchange -> {
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        administration.start();
        assertThat(registered).succeedsWithin(TestTimeouts.TIMEOUT);
    }

    private void register(int count, String password) {
        register(count, password, administration.getAddress().getPort());
    }

    private void register(int count, String password, int port) {
        Service pairing = Service.ofJar("pairing-service", Path.of("none"), ServicePorts.same(port), Map.of());
        StartupWait wait = StartupWait.begin("it", "", new Progress(new PrintWriter(terminal)));
        new DeviceRegistration(HttpClient.newHttpClient(), pairing, password)
                .register(new DemoDevices(count).ids(), wait);
    }
}
