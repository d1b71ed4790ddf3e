package dev.terminalcloud.systemtests.conformance;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.systemtests.Shops;
import dev.terminalcloud.systemtests.Transport;
import dev.terminalcloud.virtualdevice.VirtualDeviceBuilder;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** The installation under test. The test of a row ends as "not run" if the installation lacks something that the row needs. */
final class TargetSystem {
    /** Tests that take two devices run one at a time, or they could deadlock. */
    static final String SECOND_DEVICE = "second device";

    private final Shops shops;
    private final Settings settings;

    TargetSystem(Shops shops, Settings settings) {
        this.shops = shops;
        this.settings = settings;
    }

    /** Returns an unpaired register. */
    VirtualRegister register() {
        VirtualRegister register = shops.register();
        return settings.strictVendor().map(register::ofStrictVendor).orElse(register);
    }

    /** Requires that registers without a pairing token are answered as in the original. */
    void requireOriginalVendor() {
        assumeTrue(
                settings.strictVendor().isEmpty(),
                "registers of a strict vendor are answered otherwise without a token");
    }

    Shop unpaired() throws InterruptedException {
        return unpaired(builder -> builder);
    }

    Shop unpaired(UnaryOperator<VirtualDeviceBuilder> kind) throws InterruptedException {
        requireDevices(1);
        Shop shop = shops.unpaired(Transport.TCP, kind);
        return new Shop(register(), shop.device(), shop.onClose());
    }

    Shop paired() throws Exception {
        return paired(builder -> builder);
    }

    Shop paired(UnaryOperator<VirtualDeviceBuilder> kind) throws Exception {
        Shop shop = unpaired(kind);
        Answer answer = shop.register().pair(shop.pairingCode());
        if (answer.status() != 200) {
            shop.close();
            throw new AssertionError("Failed to pair with the code on the device: " + answer);
        }
        return shop;
    }

    /** Requires this number of devices, before the first one is taken. */
    void requireDevices(int count) {
        assumeTrue(
                shops.site().credentials().size() >= count,
                () -> "needs %d device(s), give them with -Dconformance.devices and -Dconformance.mqtt-url"
                        .formatted(count));
    }

    /** Requires that slow rows are enabled: rows that take many minutes, or lock this address out. */
    void requireSlowRows(String reason) {
        assumeTrue(settings.slowRows(), () -> reason + ", enable it with -Dconformance.slow-rows=true");
    }

    /**
     * Returns the address of a client that is to be locked out: another loopback address of this machine, if the installation sees them;
     * otherwise empty: it sees only this machine's own address, and slow rows must be enabled.
     */
    Optional<InetAddress> otherClient() throws UnknownHostException {
        if (!settings.loopbackClients()) {
            requireSlowRows("locks this address out for an hour");
            return Optional.empty();
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)
        };
        return Optional.of(InetAddress.getByAddress(address));
    }

    Duration tokenLifetime() {
        return settings.tokenLifetime();
    }

    /** Opens a callback receiver, at an address that the installation can reach. */
    CallbackReceiver receiver(CallbackReceiver.Reaction reaction) {
        return settings.callbackHost()
                .map(host -> CallbackReceiver.open(host, reaction))
                .orElseGet(
                        () -> abort("needs -Dconformance.callback-host, where the installation reaches this machine"));
    }
}
