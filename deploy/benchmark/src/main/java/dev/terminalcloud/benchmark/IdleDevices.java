package dev.terminalcloud.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Many idle devices in a process of their own, as the number of connections of a process is limited. Each line of the input cuts all
 * connections at once; the end of the input stops the process. The output has a line with the number of devices whose hello is
 * acknowledged each time that it changes.
 *
 * <p>A device that loses its connection reconnects at once, and retries once a second.
 */
final class IdleDevices {
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long RETRY_MILLIS = 1_000;
    private static final long POLL_INTERVAL_MILLIS = 50;

    private final InetSocketAddress connector;
    private final int concurrency;
    private final List<IdleDevice> devices;
    private final Deque<IdleDevice> unconnected;
    private final List<IdleDevice> failed = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(512 * 1024);
    private int connecting;
    private int printed;
    private long pingNanos = System.nanoTime() + PING_NANOS;
    private long retryNanos = System.nanoTime();
    private volatile boolean cut;

    private IdleDevices(InetSocketAddress connector, List<IdleDevice> devices, int concurrency) throws IOException {
        this.connector = connector;
        this.devices = devices;
        this.unconnected = new ArrayDeque<>(devices);
        this.concurrency = concurrency;
    }

    /** Runs the process. Arguments: host, port, first device, number of devices, secret, number of concurrent connects. */
    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[2]);
        List<IdleDevice> devices = LongStream.range(first, first + Long.parseLong(arguments[3]))
                .mapToObj(id -> new IdleDevice(Long.toString(id), arguments[4]))
                .toList();
        IdleDevices idle = new IdleDevices(
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
                devices,
                Integer.parseInt(arguments[5]));
        Thread orders = new Thread(idle::readCommands, "orders");
        orders.setDaemon(true);
        orders.start();
        idle.run();
    }

    private void readCommands() {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                cut = true;
            }
            System.exit(0);
        } catch (IOException e) {
            System.exit(1);
        }
    }

    private void run() throws IOException {
        while (true) {
            selector.select(this::ready, POLL_INTERVAL_MILLIS);
            if (cut) {
                cut = false;
                cutAll();
            }
            retry();
            while (connecting < concurrency && !unconnected.isEmpty()) {
                connect(unconnected.removeFirst());
            }
            pingAll();
            printCount();
        }
    }

    private void ready(SelectionKey key) {
        IdleDevice device = (IdleDevice) key.attachment();
        boolean wasGreeted = device.isGreeted();
        try {
            if (key.isConnectable()) {
                device.connected(key);
            } else if (!device.read(buffer)) {
                lost(device, wasGreeted);
            } else if (device.isGreeted() && !wasGreeted) {
                connecting--;
            }
        } catch (IOException e) {
            lost(device, wasGreeted);
        }
    }

    private void connect(IdleDevice device) {
        connecting++;
        try {
            device.connect(connector, selector);
        } catch (IOException e) {
            lost(device, false);
        }
    }

    /** Closes a lost connection. A device whose hello was acknowledged reconnects at once, others at the next retry. */
    private void lost(IdleDevice device, boolean wasGreeted) {
        close(device);
        if (wasGreeted) {
            unconnected.addLast(device);
        } else {
            connecting--;
            failed.add(device);
        }
    }

    private void cutAll() {
        for (IdleDevice device : devices) {
            if (device.isGreeted()) {
                lost(device, true);
            }
        }
        printCount();
    }

    private void retry() {
        if (System.nanoTime() - retryNanos > 0) {
            retryNanos = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(
                            RETRY_MILLIS / 2 + ThreadLocalRandom.current().nextLong(RETRY_MILLIS));
            unconnected.addAll(failed);
            failed.clear();
        }
    }

    private void pingAll() {
        if (System.nanoTime() - pingNanos > 0) {
            pingNanos = System.nanoTime() + PING_NANOS;
            devices.stream().filter(IdleDevice::isGreeted).forEach(this::ping);
        }
    }

    private void ping(IdleDevice device) {
        try {
            device.ping();
        } catch (IOException e) {
            lost(device, true);
        }
    }

    private void printCount() {
        int greeted = (int) devices.stream().filter(IdleDevice::isGreeted).count();
        if (greeted != printed) {
            printed = greeted;
            System.out.println(greeted);
            System.out.flush();
        }
    }

    private static void close(IdleDevice device) {
        try {
            device.close();
        } catch (IOException e) {
            System.err.println("Failed to close a connection: " + e.getMessage());
        }
    }
}
