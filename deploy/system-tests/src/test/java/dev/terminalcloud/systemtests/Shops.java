package dev.terminalcloud.systemtests;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** The shops that the tests open on a running system: each has a device that no other has at the time. */
public final class Shops implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;

    /** Some tests have their device for two minutes. */
    private static final int QUEUE_MINUTES = 8;

    private final Site site;
    private final Optional<LocalStack> stack;
    private final BlockingQueue<Credentials> freeDevices;

    private Shops(Site site, Optional<LocalStack> stack) {
        this.site = site;
        this.stack = stack;
        this.freeDevices = new LinkedBlockingQueue<>(site.credentials());
    }

    /** On the project's own stack, which ends with them. */
    static Shops on(LocalStack stack) {
        return new Shops(stack.site(), Optional.of(stack));
    }

    /** On an installation that somebody else started. */
    public static Shops on(Site site) {
        return new Shops(site, Optional.empty());
    }

    /** The project's own, on which they are. */
    public LocalStack stack() {
        return stack.orElseThrow();
    }

    public Site site() {
        return site;
    }

    /** A register that is paired with nothing. */
    public FakeRegister register() {
        return new FakeRegister(site.http());
    }

    /** The id of a device that the caller plays itself. It is nobody else's until it is given back, unpaired and idle. */
    Credentials takeDevice() throws InterruptedException {
        Credentials credentials = freeDevices.poll(QUEUE_MINUTES, MINUTES);
        if (credentials == null) {
            throw new IllegalStateException("no device was free for " + QUEUE_MINUTES + " minutes");
        }
        return credentials;
    }

    void giveBack(Credentials credentials) {
        freeDevices.add(credentials);
    }

    /** A device and a register that are not paired. */
    public Shop unpaired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        URI cloud = Objects.requireNonNull(site.devices().get(transport), "no way in over " + transport);
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
            throw new AssertionError("device " + credentials.deviceId() + " does not connect over " + transport, e);
        }
        return shop;
    }

    public Shop paired(Transport transport) throws Exception {
        return paired(transport, builder -> builder);
    }

    public Shop paired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws Exception {
        Shop shop = unpaired(transport, kind);
        Answer answer = shop.register().pairs(shop.pairingCode());
        if (answer.status() != 200) {
            shop.close();
            throw new AssertionError("the code on the device does not pair: " + answer);
        }
        return shop;
    }

    @Override
    public void close() {
        stack.ifPresent(LocalStack::close);
    }
}
