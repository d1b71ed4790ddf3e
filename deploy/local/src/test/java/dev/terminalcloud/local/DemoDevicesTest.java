package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoDevicesTest {
    private final SortedMap<String, String> requests = new ConcurrentSkipListMap<>();
    private HttpServer administration;

    @BeforeEach
    void start() throws IOException {
        administration = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        administration.createContext("/admin/devices/", exchange -> {
            String credentials = exchange.getRequestHeaders().getFirst("Authorization");
            requests.put(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders("Basic b3BlcmF0b3I6c2VjcmV0".equals(credentials) ? 200 : 401, -1);
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
        assertThat(requests.values()).containsOnly("{\"secret\":\"demo\"}");
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

    private void register(int count, String password) {
        Service pairing = Service.ofJar(
                "pairing-service", Path.of("none"), administration.getAddress().getPort(), Map.of());
        new DemoDevices(count).register(HttpClient.newHttpClient(), pairing, password);
    }
}
