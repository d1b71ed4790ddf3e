package dev.terminalcloud.benchmark.cloud;

import dev.terminalcloud.benchmark.load.TransactionDriver;
import dev.terminalcloud.benchmark.load.TransactionObserver;
import dev.terminalcloud.benchmark.load.VertxFutures;
import dev.terminalcloud.benchmark.stack.MeasuredStack;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The measured system: registers start purchases through the POS API, and devices approve them over MQTT.
 *
 * <p>In asynchronous mode a register polls from the time on at which the cloud has acknowledged the device's result, every
 * {@value #POLL_INTERVAL_MILLIS} ms: precise, without the load of polls that cannot succeed yet.
 */
public final class CloudDriver implements TransactionDriver {
    /** The MQTT client logs each connection. It is kept here, since unused loggers lose their level. */
    private static final Logger MQTT_LOG = Logger.getLogger("io.vertx.mqtt");

    private static final int POLL_INTERVAL_MILLIS = 5;
    private static final String DEMO_SECRET = "demo-device-secret";
    private static final int CONCURRENT_PAIRINGS = 20;
    private static final long MIN_CENTS = 100;
    private static final long AMOUNTS = 90_000_000;

    private final Vertx vertx;
    private final Mode mode;
    private final List<Pair> pairs = new ArrayList<>();
    private final AtomicLong started = new AtomicLong();

    private record Pair(RateRegister register, RateDevice device) {}

    private CloudDriver(Vertx vertx, Mode mode) {
        this.vertx = vertx;
        this.mode = mode;
    }

    /**
     * Connects the devices and pairs each with a register of its own.
     *
     * @param firstDevice the id of the first device; the others have consecutive ids
     * @param pastGateway true to send transactions to transaction-service itself
     * @throws IOException if a device or register is rejected
     */
    public static CloudDriver open(
            Vertx vertx, MeasuredStack stack, long firstDevice, int devices, Mode mode, boolean pastGateway)
            throws IOException {
        List<URI> services = pastGateway ? stack.transactionServices() : List.of(stack.gateway());
        CloudDriver driver = new CloudDriver(vertx, mode);
        driver.addPairs(firstDevice, devices, DEMO_SECRET, services, stack.connectors());
        driver.pairAll(stack.gateway());
        return driver;
    }

    /**
     * Connects the devices to one address, and pairs each with a register of its own at the gateway, in asynchronous mode.
     *
     * @param firstDevice the id of the first device; the others have consecutive ids
     * @param secret the secret of all devices
     * @throws IOException if a device or register is rejected
     */
    public static CloudDriver open(
            Vertx vertx, URI gateway, URI connector, long firstDevice, int devices, String secret) throws IOException {
        CloudDriver driver = new CloudDriver(vertx, Mode.ASYNC);
        driver.addPairs(firstDevice, devices, secret, List.of(gateway), List.of(connector));
        driver.pairAll(gateway);
        return driver;
    }

    private void addPairs(long firstDevice, int devices, String secret, List<URI> services, List<URI> connectors) {
        MQTT_LOG.setLevel(Level.WARNING);
        HttpClient http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(2 * devices).setKeepAliveTimeout(20));
        for (int i = 0; i < devices; i++) {
            pairs.add(new Pair(
                    new RateRegister(http, services.get(i % services.size())),
                    new RateDevice(
                            vertx, Long.toString(firstDevice + i), secret, connectors.get(i % connectors.size()))));
        }
    }

    private void pairAll(URI gateway) throws IOException {
        for (int begin = 0; begin < pairs.size(); begin += CONCURRENT_PAIRINGS) {
            List<Pair> batch = pairs.subList(begin, Math.min(pairs.size(), begin + CONCURRENT_PAIRINGS));
            VertxFutures.await(Future.all(batch.stream()
                    .map(pair -> pair.device().requestPairingCode().compose(code -> pair.register()
                            .pair(gateway, code)))
                    .toList()));
        }
    }

    @Override
    public int devices() {
        return pairs.size();
    }

    @Override
    public void begin(int device, TransactionObserver observer) {
        Pair pair = pairs.get(device);
        long cents = MIN_CENTS + started.getAndIncrement() % AMOUNTS;
        Future<Void> reported = pair.device().expect(cents, observer);
        Future<JsonObject> answer = pair.register().start(mode, cents);
        if (mode == Mode.ASYNC) {
            answer =
                    answer.compose(envelope -> reported.compose(done -> pollUntilCompleted(pair.register(), envelope)));
        }
        answer.onFailure(e -> observer.failed(e.getMessage())).onSuccess(envelope -> complete(envelope, observer));
    }

    private Future<JsonObject> pollUntilCompleted(RateRegister register, JsonObject started) {
        return register.poll(started)
                .compose(envelope -> isCompleted(envelope)
                        ? Future.succeededFuture(envelope)
                        : vertx.timer(POLL_INTERVAL_MILLIS).compose(passed -> pollUntilCompleted(register, started)));
    }

    private static void complete(JsonObject envelope, TransactionObserver observer) {
        String result = envelope.getJsonObject("data").getString("TransactionResult");
        if (isCompleted(envelope) && "OK-ACCEPTED".equals(result)) {
            observer.ended();
        } else {
            observer.failed("%s %s".formatted(envelope.getString("transactionStatus"), result));
        }
    }

    private static boolean isCompleted(JsonObject envelope) {
        return "COMPLETED".equals(envelope.getString("transactionStatus"));
    }

    /** Disconnects the devices. */
    public void close() throws IOException {
        VertxFutures.await(Future.join(
                pairs.stream().map(pair -> pair.device().disconnect()).toList()));
    }
}
