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

/** All merchants of a run, and the probe. The devices are distributed over the addresses of the system round-robin. */
public final class Workload implements AutoCloseable {
    private static final int DEVICES_PER_MERCHANT = 2;
    private static final int DEVICE_THREADS = 4;
    private static final int CONCURRENT_PAIRINGS = 4;

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
    private final List<Merchant> merchants = new ArrayList<>();
    private final RecoveryProbe probe;
    private final SimulatedOperator operator;
    private final Plans plans;
    private final Semaphore pairingPermits = new Semaphore(CONCURRENT_PAIRINGS);

    /** @param adminApi returns the administration API of a running service, if any */
    public Workload(
            Address address,
            DeviceIds devices,
            int count,
            Plans plans,
            History history,
            Supplier<Optional<AdminApi>> adminApi) {
        this.address = address;
        this.devices = devices;
        this.history = history;
        this.callbacks = CallbackReceiver.open(history);
        this.plans = plans;
        for (int i = 0; i < count; i++) {
            merchants.add(merchant(i));
        }
        this.operator = new SimulatedOperator(http, history, adminApi);
        // The last address leads to every connector.
        int last = address.devices().size() - 1;
        this.probe = new RecoveryProbe(
                register("probe"), address.http(), terminal(count * DEVICES_PER_MERCHANT, last, Plan::withoutIncident));
    }

    public RecoveryProbe probe() {
        return probe;
    }

    /** Executes transactions while the run goes on. */
    public void run(BooleanSupplier goesOn) throws InterruptedException, ExecutionException {
        List<Task> tasks = new ArrayList<>();
        merchants.forEach(merchant -> tasks.add(() -> merchant.run(plans, goesOn)));
        tasks.add(() -> probe.run(plans, goesOn));
        tasks.add(() -> operator.run(goesOn));
        runAll(tasks);
    }

    /** Waits for the open transactions to end. */
    public void awaitEnd(Duration atMost) throws InterruptedException, ExecutionException {
        List<Task> tasks = new ArrayList<>();
        AtomicInteger unfinished = new AtomicInteger(merchants.size());
        merchants.forEach(merchant -> tasks.add(() -> {
            merchant.awaitEnd(atMost);
            unfinished.decrementAndGet();
        }));
        tasks.add(() -> operator.run(() -> unfinished.get() > 0));
        runAll(tasks);
    }

    /** Returns the number of transactions that had not ended at the last poll; to be called after {@link #run}. */
    public int openCount() {
        return merchants.stream().mapToInt(Merchant::openCount).sum();
    }

    /** Records the final state of the devices. */
    public void recordFinalState() {
        merchants.forEach(Merchant::recordFinalState);
        probe.recordFinalState();
    }

    private void runAll(List<Task> tasks) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (Task one : tasks) {
            running.add(registerThreads.submit(() -> {
                one.run();
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    private Merchant merchant(int number) {
        List<ScriptedDevice> terminals = new ArrayList<>();
        for (int i = 0; i < DEVICES_PER_MERCHANT; i++) {
            int device = number * DEVICES_PER_MERCHANT + i;
            terminals.add(terminal(device, device % address.devices().size(), plans::of));
        }
        String name = "merchant-" + number;
        return new Merchant(register(name), register(name + "-other"), address.http(), terminals, deviceThreads);
    }

    private RegisterClient register(String name) {
        return new RegisterClient(http, address.http(), history, name, Optional.of(callbacks.url()), pairingPermits);
    }

    private ScriptedDevice terminal(int device, int way, IntFunction<Plan> plan) {
        return new ScriptedDevice(
                devices.id(device), devices.secret(), address.devices().get(way), plan, deviceThreads, history);
    }

    @Override
    public void close() {
        registerThreads.shutdownNow();
        merchants.forEach(Merchant::close);
        probe.close();
        callbacks.close();
        deviceThreads.shutdown();
    }
}
