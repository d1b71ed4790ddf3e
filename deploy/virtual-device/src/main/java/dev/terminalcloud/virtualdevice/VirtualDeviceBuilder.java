package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour;
import dev.terminalcloud.virtualdevice.connection.Credentials;
import dev.terminalcloud.virtualdevice.journal.InMemoryJournal;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Builder of a {@link VirtualDevice}. Only id, secret and cloud are required. */
public final class VirtualDeviceBuilder {
    private String id;
    private String secret;
    private URI cloud;
    private Journal journal = new InMemoryJournal();
    private Function<Offer, Behaviour> behaviour = Behaviour::byAmount;
    private final List<Misbehaviour> misbehaviours = new ArrayList<>();
    private Extras extras = Extras.NONE;
    private Timing timing = Timing.PROTOCOL;
    private Clock clock = Clock.system(ZoneId.systemDefault());
    private RandomGenerator random = new SplittableRandom();
    private ScheduledExecutorService scheduler;
    private Consumer<Activity> watcher = activity -> {};

    VirtualDeviceBuilder() {}

    public VirtualDeviceBuilder id(String value) {
        id = value;
        return this;
    }

    public VirtualDeviceBuilder secret(String value) {
        secret = value;
        return this;
    }

    /** Sets the address: {@code mqtt://host:port}, {@code ws://host:port/device}, or with TLS {@code mqtts}, {@code wss}. */
    public VirtualDeviceBuilder cloud(URI value) {
        cloud = value;
        return this;
    }

    /** Sets the journal; default: in memory. The device does not close it. */
    public VirtualDeviceBuilder journal(Journal value) {
        journal = value;
        return this;
    }

    /** Ends each payment like this, for any amount. */
    public VirtualDeviceBuilder ending(Ending ending) {
        return behaviour(offer -> Behaviour.of(ending));
    }

    /** Sets the function that chooses the behaviour when a transaction is first offered; default: by the last two digits of the amount. */
    public VirtualDeviceBuilder behaviour(Function<Offer, Behaviour> value) {
        behaviour = value;
        return this;
    }

    /** Adds a misbehaviour to each transaction, in addition to its behaviour. */
    public VirtualDeviceBuilder misbehaviour(Misbehaviour value) {
        misbehaviours.add(value);
        return this;
    }

    public VirtualDeviceBuilder extras(Extras value) {
        extras = value;
        return this;
    }

    public VirtualDeviceBuilder timing(Timing value) {
        timing = value;
        return this;
    }

    /** Sets the clock, whose zone is that of the device's local time. */
    public VirtualDeviceBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    public VirtualDeviceBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** Sets the threads, shared by many devices and not shut down by them; default: one thread of its own. */
    public VirtualDeviceBuilder scheduler(ScheduledExecutorService value) {
        scheduler = value;
        return this;
    }

    /** Sets the listener of the device's activities, called in the device's sequence; it must not block. */
    public VirtualDeviceBuilder watcher(Consumer<Activity> value) {
        watcher = value;
        return this;
    }

    /**
     * Returns the device, switched off.
     *
     * @throws IllegalArgumentException when the id or the address is invalid
     */
    public VirtualDevice build() {
        Credentials credentials = new Credentials(
                Objects.requireNonNull(id, "id"),
                Objects.requireNonNull(secret, "secret"),
                Objects.requireNonNull(cloud, "cloud"));
        boolean ownScheduler = scheduler == null;
        ScheduledExecutorService threads = ownScheduler ? threadOf(id) : scheduler;
        List<Misbehaviour> always = List.copyOf(misbehaviours);
        Function<Offer, Behaviour> chosen = behaviour;
        List<ShownPayment> ran = Collections.synchronizedList(new ArrayList<>());
        DeviceSettings settings = new DeviceSettings(
                credentials,
                journal,
                offer -> chosen.apply(offer).with(always),
                extras,
                timing,
                clock,
                random,
                threads,
                watcher,
                ran::add);
        return new VirtualDevice(settings, ran, ownScheduler ? threads::shutdown : () -> {});
    }

    /** Creates a scheduler with one daemon thread; it drops tasks that are submitted after its shutdown. */
    private static ScheduledExecutorService threadOf(String id) {
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "virtual-device-" + id);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
