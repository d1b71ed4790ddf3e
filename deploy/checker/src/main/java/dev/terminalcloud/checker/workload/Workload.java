package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.history.History;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.checker.plan.Plans;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** All shops of a run, and the probe. Its devices take the ways into the system in turns. */
public final class Workload implements AutoCloseable {
    private static final int DEVICES_OF_A_SHOP = 2;
    private static final int DEVICE_THREADS = 4;
    private static final int PAIRED_AT_ONCE = 4;

    private interface Task {
        void run() throws InterruptedException;
    }

    private final ScheduledExecutorService deviceThreads = Executors.newScheduledThreadPool(DEVICE_THREADS);
    private final ExecutorService registerThreads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Address address;
    private final DeviceIds devices;
    private final History history;
    private final CallbackReceiver callbacks;
    private final List<Merchant> shops = new ArrayList<>();
    private final RecoveryProbe probe;
    private final SimulatedOperator operator;
    private final Plans plans;
    private final Semaphore pairingTurns = new Semaphore(PAIRED_AT_ONCE);

    /** @param adminApi where operators work, if there is one now */
    public Workload(
            Address address,
            DeviceIds devices,
            int count,
            long seed,
            History history,
            Supplier<Optional<AdminApi>> adminApi) {
        this.address = address;
        this.devices = devices;
        this.history = history;
        this.callbacks = CallbackReceiver.open(history);
        this.plans = new Plans(seed);
        for (int i = 0; i < count; i++) {
            shops.add(shop(i, seed));
        }
        this.operator = new SimulatedOperator(http, history, adminApi);
        // The last address leads to every connector.
        int last = address.devices().size() - 1;
        this.probe = new RecoveryProbe(
                register("probe"), address.http(), terminal(count * DEVICES_OF_A_SHOP, last, Plan::withoutIncident));
    }

    public RecoveryProbe probe() {
        return probe;
    }

    /** Does business for as long as it is told to. */
    public void run(BooleanSupplier goesOn) throws InterruptedException, ExecutionException {
        List<Task> work = new ArrayList<>();
        shops.forEach(shop -> work.add(() -> shop.run(plans, goesOn)));
        work.add(() -> probe.run(plans, goesOn));
        work.add(() -> operator.run(goesOn));
        all(work);
    }

    /** Waits for what is open. */
    public void awaitEnd(Duration atMost) throws InterruptedException, ExecutionException {
        List<Task> work = new ArrayList<>();
        AtomicInteger unfinished = new AtomicInteger(shops.size());
        shops.forEach(shop -> work.add(() -> {
            shop.awaitEnd(atMost);
            unfinished.decrementAndGet();
        }));
        work.add(() -> operator.run(() -> unfinished.get() > 0));
        all(work);
    }

    /** How many transactions had not ended when their registers last looked; after {@link #run}. */
    public int openCount() {
        return shops.stream().mapToInt(Merchant::openCount).sum();
    }

    /** Records what the devices know. */
    public void recordFinalState() {
        shops.forEach(Merchant::recordFinalState);
        probe.recordFinalState();
    }

    private void all(List<Task> work) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (Task one : work) {
            running.add(registerThreads.submit(() -> {
                one.run();
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private Merchant shop(int number, long seed) {
        List<ScriptedDevice> terminals = new ArrayList<>();
        for (int i = 0; i < DEVICES_OF_A_SHOP; i++) {
            int device = number * DEVICES_OF_A_SHOP + i;
            terminals.add(terminal(device, device % address.devices().size(), request -> Plan.of(seed, request)));
        }
        return new Merchant(register("shop-" + number), address.http(), terminals, deviceThreads);
    }

    private RegisterClient register(String name) {
        return new RegisterClient(http, address.http(), history, name, Optional.of(callbacks.url()), pairingTurns);
    }

    private ScriptedDevice terminal(int device, int way, IntFunction<Plan> plan) {
        return new ScriptedDevice(
                devices.id(device), devices.secret(), address.devices().get(way), plan, deviceThreads, history);
    }

    @Override
    public void close() {
        registerThreads.shutdownNow();
        shops.forEach(Merchant::close);
        probe.close();
        callbacks.close();
        deviceThreads.shutdown();
    }
}
