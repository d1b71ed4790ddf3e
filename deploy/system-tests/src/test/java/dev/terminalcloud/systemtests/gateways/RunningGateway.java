package dev.terminalcloud.systemtests.gateways;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A gateway that accepts connections, on 127.0.0.1. */
public final class RunningGateway implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private RunningGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it accepts connections. */
    static RunningGateway of(Process process, int port, Path log) throws IOException {
        RunningGateway gateway = new RunningGateway(process, port);
        await().atMost(TIMEOUT).until(() -> !process.isAlive() || gateway.accepts());
        if (!process.isAlive()) {
            throw new IllegalStateException("The gateway has exited:\n" + Files.readString(log));
        }
        return gateway;
    }

    private boolean accepts() {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public URI http() {
        return URI.create("http://localhost:" + port);
    }

    /** Returns the address for devices. */
    public URI webSocket() {
        return URI.create("ws://localhost:" + port + "/device");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
