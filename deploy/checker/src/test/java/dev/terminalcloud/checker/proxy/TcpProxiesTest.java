package dev.terminalcloud.checker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.checker.proxy.TcpProxies.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that says again what it is told, and a way to it that can be made to fail. */
class TcpProxiesTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final List<Integer> FIRST = List.of(0);
    private static final int SHORT_MILLIS = 300;
    private static final int LONG_MILLIS = 5_000;
    private static final String COMMITTED = "C\0\0\0\13COMMIT\0Z";

    private ServerSocket server;
    private TcpProxies wires;
    private int port;

    @BeforeEach
    void lay() throws IOException {
        server = new ServerSocket(0, 50, LOOPBACK);
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        wires = TcpProxies.open(port, 1, 0, server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        wires.close();
        server.close();
    }

    @Test
    void whatIsSentArrives() throws IOException {
        try (Socket socket = connect()) {
            assertThat(told(socket, "hello", LONG_MILLIS)).isEqualTo("hello");
        }
    }

    @Test
    void aCutWireResetsConnectionsUntilItIsMended() throws IOException {
        try (Socket socket = connect()) {
            told(socket, "hello", LONG_MILLIS);
            wires.resetConnections(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> told(socket, "again", LONG_MILLIS)).isInstanceOf(IOException.class);
        }
        wires.restore(Target.POSTGRES, FIRST);
        try (Socket socket = connect()) {
            assertThat(told(socket, "mended", LONG_MILLIS)).isEqualTo("mended");
        }
    }

    @Test
    void whatIsSentIntoSilenceArrivesWhenItEnds() throws IOException {
        try (Socket socket = connect()) {
            told(socket, "hello", LONG_MILLIS);
            wires.stall(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> told(socket, "later", SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            wires.restore(Target.POSTGRES, FIRST);
            assertThat(heard(socket, 5, LONG_MILLIS)).isEqualTo("later");
        }
    }

    @Test
    void onAForgottenConnectionNothingArrivesAndANewOneWorks() throws IOException {
        try (Socket forgotten = connect()) {
            told(forgotten, "hello", LONG_MILLIS);
            wires.blackholeConnections(Target.POSTGRES, FIRST);
            wires.restore(Target.POSTGRES, FIRST);
            assertThatThrownBy(() -> told(forgotten, "lost", SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            try (Socket another = connect()) {
                assertThat(told(another, "hello", LONG_MILLIS)).isEqualTo("hello");
            }
        }
    }

    @Test
    void nobodyHearsOfACommit() throws IOException {
        try (Socket socket = connect()) {
            wires.resetOnCommit(FIRST);
            assertThat(told(socket, "hello", LONG_MILLIS)).isEqualTo("hello");
            assertThatThrownBy(() -> told(socket, COMMITTED, LONG_MILLIS))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(LOOPBACK, port);
    }

    private static String told(Socket socket, String text, int millis) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return heard(socket, text.length(), millis);
    }

    private static String heard(Socket socket, int length, int millis) throws IOException {
        socket.setSoTimeout(millis);
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("it ended");
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
            // That is what is tried.
        }
    }
}
