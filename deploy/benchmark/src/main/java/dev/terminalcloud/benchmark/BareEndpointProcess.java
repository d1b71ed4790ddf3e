package dev.terminalcloud.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of the bare endpoint, on the same Java and with the same options as the services of the local stack. */
final class BareEndpointProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final Process process;
    private final int port;

    private BareEndpointProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the process and returns when its port is open. */
    static BareEndpointProcess start(Path jar) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-jar");
        command.add(jar.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        BareEndpointProcess started = new BareEndpointProcess(process, port);
        started.awaitListening();
        return started;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/bare");
    }

    private void awaitListening() throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isListening()) {
            if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() - limit > 0) {
                process.destroy();
                throw new IOException("Failed to start the bare endpoint");
            }
        }
    }

    private boolean isListening() {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
