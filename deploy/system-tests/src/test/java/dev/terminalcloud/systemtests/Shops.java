package dev.terminalcloud.systemtests;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.PosClient;
import dev.terminalcloud.virtualregister.RegisterNames;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** The shops that tests open on a running system; each has its own device while it is open. */
public final class Shops implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 120;

    /** Some tests use their device for two minutes. */
    private static final int QUEUE_MINUTES = 8;

    private final Site site;
    private final Optional<LocalStack> stack;
    private final BlockingQueue<Credentials> freeDevices;

    private Shops(Site site, Optional<LocalStack> stack) {
        this.site = site;
        this.stack = stack;
        this.freeDevices = new LinkedBlockingQueue<>(site.credentials());
    }

    /** Opens shops on the project's own stack, which stops with them. */
    static Shops on(LocalStack stack) {
        return new Shops(stack.site(), Optional.of(stack));
    }

    /** Opens shops on another running installation. */
    public static Shops on(Site site) {
        return new Shops(site, Optional.empty());
    }

    /** Returns the project's own stack. */
    public LocalStack stack() {
        return stack.orElseThrow();
    }

    public Site site() {
        return site;
    }

    /** Returns an unpaired register. */
    public VirtualRegister register() {
        String id = UUID.randomUUID().toString();
        return new VirtualRegister(
                PosClient.open().behind(site.http(), site.publicUrl()),
                site.http(),
                RegisterNames.of(id, "Till " + id.substring(0, 4), "Joe's Café & Söhne / Main St.", "System Tests"));
    }

    /** Takes the credentials of a device that the caller simulates. The caller must return them, with the device unpaired and idle. */
    public Credentials takeDevice() throws InterruptedException {
        Credentials credentials = freeDevices.poll(QUEUE_MINUTES, MINUTES);
        if (credentials == null) {
            throw new IllegalStateException("No device was free for " + QUEUE_MINUTES + " minutes");
        }
        return credentials;
    }

    /** Returns what {@link #takeDevice} took. */
    public void giveBack(Credentials credentials) {
        freeDevices.add(credentials);
    }

    /** Returns a device and a register that are not paired. */
    public Shop unpaired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        URI cloud = Objects.requireNonNull(site.devices().get(transport), "No address for " + transport);
        Credentials credentials = takeDevice();
        VirtualDevice device = kind.apply(VirtualDevice.builder()
                        .id(credentials.deviceId())
                        .secret(credentials.secret())
                        .cloud(cloud))
                .build();
        Shop shop = new Shop(register(), device, () -> giveBack(credentials));
        try {
            device.start().toCompletableFuture().get(TIMEOUT_SECONDS, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            shop.close();
            throw new AssertionError("Device " + credentials.deviceId() + " does not connect over " + transport, e);
        }
        return shop;
    }

    public Shop paired(Transport transport) throws Exception {
        return paired(transport, builder -> builder);
    }

    public Shop paired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws Exception {
        Shop shop = unpaired(transport, kind);
        Answer answer = shop.register().pair(shop.pairingCode());
        if (answer.status() != 200) {
            shop.close();
            throw new AssertionError("Failed to pair with the code on the device: " + answer);
        }
        return shop;
    }

    @Override
    public void close() {
        stack.ifPresent(LocalStack::close);
    }
}
