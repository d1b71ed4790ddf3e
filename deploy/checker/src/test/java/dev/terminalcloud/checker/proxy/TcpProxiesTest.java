package dev.terminalcloud.checker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.checker.proxy.TcpProxies.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the proxies with an echo server. */
class TcpProxiesTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final List<Integer> FIRST = List.of(0);
    private static final int SHORT_MILLIS = 300;
    private static final int LONG_MILLIS = 5_000;
    private static final String COMMITTED = "C\0\0\0\13COMMIT\0Z";
    private static final int MAX_ATTEMPTS = 20;

    private ServerSocket server;
    private TcpProxies proxies;
    private int port;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, LOOPBACK);
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
        proxies = openOnFreePorts();
    }

    /** The proxies need consecutive ports, and another process may have one of them. */
    private TcpProxies openOnFreePorts() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
                port = free.getLocalPort();
            }
            try {
                return TcpProxies.open(port, 1, 0, server.getLocalPort());
            } catch (CompletionException e) {
                if (attempt == MAX_ATTEMPTS || !(e.getCause() instanceof BindException)) {
                    throw e;
                }
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        proxies.close();
        server.close();
    }

    @Test
    void sentBytesArrive() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoOf(socket, "hello", LONG_MILLIS)).isEqualTo("hello");
        }
    }

    @Test
    void connectionsAreResetUntilTheProxyIsRestored() throws IOException {
        try (Socket socket = connect()) {
            echoOf(socket, "hello", LONG_MILLIS);
            proxies.resetConnections(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> echoOf(socket, "again", LONG_MILLIS)).isInstanceOf(IOException.class);
        }
        proxies.restore(Target.POSTGRES, FIRST);
        try (Socket socket = connect()) {
            assertThat(echoOf(socket, "restored", LONG_MILLIS)).isEqualTo("restored");
        }
    }

    @Test
    void stalledBytesArriveAfterTheStall() throws IOException {
        try (Socket socket = connect()) {
            echoOf(socket, "hello", LONG_MILLIS);
            proxies.stall(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> echoOf(socket, "later", SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            proxies.restore(Target.POSTGRES, FIRST);
            assertThat(receive(socket, 5, LONG_MILLIS)).isEqualTo("later");
        }
    }

    @Test
    void blackholedConnectionIsDeadAndANewOneWorks() throws IOException {
        try (Socket blackholed = connect()) {
            echoOf(blackholed, "hello", LONG_MILLIS);
            proxies.blackholeConnections(Target.POSTGRES, FIRST);
            proxies.restore(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> echoOf(blackholed, "lost", SHORT_MILLIS))
                    .isInstanceOf(SocketTimeoutException.class);
            try (Socket another = connect()) {
                assertThat(echoOf(another, "hello", LONG_MILLIS)).isEqualTo("hello");
            }
        }
    }

    @Test
    void commitAcknowledgementIsLost() throws IOException {
        try (Socket socket = connect()) {
            proxies.resetOnCommit(FIRST);
            assertThat(echoOf(socket, "hello", LONG_MILLIS)).isEqualTo("hello");
            assertThatThrownBy(() -> echoOf(socket, COMMITTED, LONG_MILLIS))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(LOOPBACK, port);
    }

    private static String echoOf(Socket socket, String text, int millis) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return receive(socket, text.length(), millis);
    }

    private static String receive(Socket socket, int length, int millis) throws IOException {
        socket.setSoTimeout(millis);
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("connection closed");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread thread = new Thread(() -> echo(caller), "caller");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket caller) {
        try (caller) {
            InputStream in = caller.getInputStream();
            in.transferTo(caller.getOutputStream());
        } catch (IOException reset) {
            // The reset is what the test provokes.
        }
    }
}
