package dev.terminalcloud.benchmark.floor;

import dev.terminalcloud.benchmark.load.TransactionDriver;
import dev.terminalcloud.benchmark.load.TransactionObserver;
import dev.terminalcloud.benchmark.load.VertxFutures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** The registers and devices of the bare chain. */
public final class FloorDriver implements TransactionDriver {
    private final NetClient client;
    private final int port;
    private final List<NetSocket> registers = new ArrayList<>();
    private final Map<Long, TransactionObserver> running = new ConcurrentHashMap<>();
    private final AtomicLong started = new AtomicLong();

    private FloorDriver(NetClient client, int port) {
        this.client = client;
        this.port = port;
    }

    /** Connects the registers and the devices. */
    public static FloorDriver open(Vertx vertx, FloorProcess chain, int devices) throws IOException {
        FloorDriver driver = new FloorDriver(vertx.createNetClient(), chain.port());
        for (int i = 0; i < devices; i++) {
            VertxFutures.await(driver.connect("device " + i, driver::repeat));
            driver.registers.add(VertxFutures.await(driver.connect("register " + i, socket -> driver::end)));
        }
        return driver;
    }

    @Override
    public int devices() {
        return registers.size();
    }

    @Override
    public void begin(int device, TransactionObserver observer) {
        long number = started.incrementAndGet();
        running.put(number, observer);
        registers.get(device).write(number + "\n").onFailure(e -> observer.failed(e.getMessage()));
    }

    /** Disconnects all. */
    public void close() throws IOException {
        VertxFutures.await(client.close());
    }

    private Future<NetSocket> connect(String name, Function<NetSocket, Consumer<String>> handler) {
        return client.connect(port, "127.0.0.1").compose(socket -> {
            Consumer<String> lines = handler.apply(socket);
            RecordParser.newDelimited("\n", socket).handler(line -> lines.accept(line.toString()));
            return socket.write(name + "\n").map(socket);
        });
    }

    private Consumer<String> repeat(NetSocket device) {
        return line -> {
            TransactionObserver observer = running.get(Long.parseLong(line));
            if (observer != null) {
                observer.reachedDevice();
            }
            device.write(Buffer.buffer(line + "\n"));
        };
    }

    private void end(String line) {
        TransactionObserver observer = running.remove(Long.parseLong(line));
        if (observer != null) {
            observer.ended();
        }
    }
}
