package dev.terminalcloud.benchmark.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The clients of one attack, in a process with the lowest priority: they share the processor with the system that is measured, where an
 * attacker would use its own.
 */
public final class AttackProcess implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 30;

    private final Process process;
    private final BufferedReader output;

    private AttackProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the attack; returns when its clients run. */
    public static AttackProcess start(Attack attack, AttackTarget target, int clients) throws IOException {
        List<String> command = List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AttackClients.class.getName(),
                attack.name(),
                target.gateway().toString(),
                target.devices().toString(),
                Long.toString(target.firstDevice()),
                target.secret(),
                Integer.toString(clients));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        AttackProcess started = new AttackProcess(process);
        String line = started.output.readLine();
        if (!AttackClients.STARTED.equals(line)) {
            process.destroyForcibly();
            throw new IOException("Failed to start the clients of " + attack + ": " + line);
        }
        return started;
    }

    /** Stops the clients, and returns the number of their requests or connections. */
    public long stop() throws IOException {
        process.getOutputStream().close();
        String steps = output.readLine();
        if (steps == null) {
            throw new IOException("The process of the attack ended before it was stopped");
        }
        return Long.parseLong(steps);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
