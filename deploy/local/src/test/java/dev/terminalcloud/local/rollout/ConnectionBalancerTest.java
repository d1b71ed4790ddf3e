package dev.terminalcloud.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.local.TestTimeouts;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionBalancerTest {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final List<SocketAddress> endpoints = new CopyOnWriteArrayList<>();
    private ConnectionBalancer balancer;

    @BeforeEach
    void listen() throws Exception {
        balancer = get(ConnectionBalancer.listen(vertx, HOST, 0, () -> endpoints));
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close());
    }

    @Test
    void newConnectionsGoToTheEndpointsOfTheMomentAndStayThere() throws Exception {
        endpoints.add(server("old"));
        try (Socket early = connect()) {
            assertThat(answer(early)).isEqualTo("old");
            endpoints.set(0, server("new"));
            try (Socket late = connect()) {
                assertThat(answer(late)).isEqualTo("new");
            }
            assertThat(answer(early)).isEqualTo("old");
        }
    }

    @Test
    void endOfTheServersSideEndsTheConnection() throws Exception {
        NetServer closing = vertx.createNetServer().connectHandler(socket -> socket.close());
        endpoints.add(
                SocketAddress.inetSocketAddress(get(closing.listen(0, HOST)).actualPort(), HOST));
        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void withoutAnEndpointConnectionsAreClosed() throws Exception {
        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private SocketAddress server(String name) throws Exception {
        NetServer server =
                vertx.createNetServer().connectHandler(socket -> socket.handler(request -> socket.write(name)));
        return SocketAddress.inetSocketAddress(get(server.listen(0, HOST)).actualPort(), HOST);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), balancer.port());
        client.setSoTimeout((int) TestTimeouts.TIMEOUT.toMillis());
        return client;
    }

    private static String answer(Socket client) throws IOException {
        client.getOutputStream().write('?');
        return new String(client.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
    }

    private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(TestTimeouts.SECONDS, TimeUnit.SECONDS);
    }
}
