package dev.terminalcloud.systemtests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** The stack, and the shops that the tests open on it: each has a device that no other has at the time. */
final class Shops implements AutoCloseable {
    private static final String SECRET = "demo";
    private static final int PATIENCE_SECONDS = 30;

    private final LocalStack stack;

    /** The first demo device is the launcher's own. */
    private final BlockingQueue<String> freeDeviceIds =
            new LinkedBlockingQueue<>(LongStream.rangeClosed(7_000_000_002L, 7_000_000_020L)
                    .mapToObj(Long::toString)
                    .toList());

    private Shops(LocalStack stack) {
        this.stack = stack;
    }

    static Shops open() {
        return new Shops(LocalStack.start());
    }

    LocalStack stack() {
        return stack;
    }

    /** A register that is paired with nothing. */
    FakeRegister register() {
        return new FakeRegister(stack.http());
    }

    /** A device and a register that are not paired. */
    Shop unpaired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        String id = freeDeviceIds.take();
        VirtualDevice device = kind.apply(
                        VirtualDevice.builder().id(id).secret(SECRET).cloud(stack.devices(transport)))
                .build();
        Shop shop = new Shop(register(), device, () -> freeDeviceIds.add(id));
        try {
            device.start().toCompletableFuture().get(PATIENCE_SECONDS, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            shop.close();
            throw new AssertionError("device " + id + " does not connect over " + transport, e);
        }
        return shop;
    }

    Shop paired(Transport transport) throws Exception {
        return paired(transport, builder -> builder);
    }

    Shop paired(Transport transport, UnaryOperator<VirtualDeviceBuilder> kind) throws Exception {
        Shop shop = unpaired(transport, kind);
        Answer answer = shop.register().pairs(shop.pairingCode());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return shop;
    }

    @Override
    public void close() {
        stack.close();
    }
}
