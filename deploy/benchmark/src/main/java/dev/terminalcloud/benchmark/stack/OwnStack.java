package dev.terminalcloud.benchmark.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stack of the benchmark's own, started by {@code deploy/local/run} on free ports. */
public final class OwnStack implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMinutes(4);

    private final Process process;
    private final Path data;
    private final Path output;

    private OwnStack(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /**
     * Starts the stack and returns when it is ready; it gives up itself if it does not move.
     *
     * @param home the root of the repository
     * @param data its data folder; its output goes to a file beside it
     * @param options the options of {@code deploy/local/run}, apart from the ports
     */
    public static OwnStack start(Path home, Path data, List<String> options) throws IOException, InterruptedException {
        Path output = Path.of(data + ".log");
        Files.createDirectories(output.getParent());
        List<String> command = new ArrayList<>();
        command.add(home.resolve("deploy/local/run").toString());
        command.addAll(List.of("--data", data.toString(), "--no-device"));
        command.addAll(List.of("--port", freePort(), "--mqtt-port", freePort()));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        OwnStack stack = new OwnStack(process, data, output);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
        stack.awaitReady();
        return stack;
    }

    public Path data() {
        return data;
    }

    private void awaitReady() throws IOException, InterruptedException {
        while (!isReady()) {
            if (process.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "deploy/local/run exited with code %d, see %s".formatted(process.exitValue(), output));
            }
        }
    }

    private boolean isReady() throws IOException {
        return Files.readAllLines(output).stream().anyMatch(line -> line.matches(".*\\bready"));
    }

    /** Stops the stack and returns when it has exited. Can be repeated. */
    @Override
    public void close() {
        process.destroy();
        try {
            // Upon the second signal it does not wait for held requests.
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroy();
            }
            if (!process.waitFor(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
