package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/** Idle devices in as many processes as they need. */
final class IdleFleet implements AutoCloseable {
    /** Devices of one process, below the usual limits of open files. */
    private static final int MAX_PER_PROCESS = 10_000;

    private final List<Process> processes = new ArrayList<>();
    private final int[] greeted;
    private final int size;

    IdleFleet(SystemUnderTest cloud, int size, int concurrency) throws IOException {
        int count = (size + MAX_PER_PROCESS - 1) / MAX_PER_PROCESS;
        this.size = size;
        this.greeted = new int[count];
        for (int i = 0; i < count; i++) {
            int first = i * MAX_PER_PROCESS;
            int devices = Math.min(MAX_PER_PROCESS, size - first);
            processes.add(start(cloud, first, devices, Math.max(1, concurrency / count)));
            watch(i);
        }
    }

    /** Breaks the connections of all devices without a DISCONNECT; they reconnect. */
    void cut() throws IOException {
        for (Process process : processes) {
            BufferedWriter orders = process.outputWriter(UTF_8);
            orders.write("cut");
            orders.newLine();
            orders.flush();
        }
    }

    /** Waits until all devices are connected and their hello is acknowledged. */
    void awaitAll(Duration timeout) throws InterruptedException, TimeoutException {
        await(connected -> connected == size, timeout);
    }

    synchronized int connected() {
        int sum = 0;
        for (int each : greeted) {
            sum += each;
        }
        return sum;
    }

    /** Waits until the number of connected devices meets the condition. */
    synchronized void await(IntPredicate wanted, Duration timeout) throws InterruptedException, TimeoutException {
        long limit = System.nanoTime() + timeout.toNanos();
        while (!wanted.test(connected())) {
            long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("Timed out after %d s with %d of %d devices connected"
                        .formatted(timeout.toSeconds(), connected(), size));
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }

    private void watch(int number) {
        Thread watcher = new Thread(() -> read(number), "idle-devices-" + number);
        watcher.setDaemon(true);
        watcher.start();
    }

    private void read(int number) {
        try (BufferedReader output = processes.get(number).inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                update(number, Integer.parseInt(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void update(int number, int connected) {
        greeted[number] = connected;
        notifyAll();
    }

    private static Process start(SystemUnderTest cloud, int first, int devices, int concurrency) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleDevices.class.getName(),
                        cloud.devicesUrl().getHost(),
                        Integer.toString(cloud.devicesUrl().getPort()),
                        cloud.deviceId(first),
                        Integer.toString(devices),
                        cloud.secret(),
                        Integer.toString(concurrency))
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
