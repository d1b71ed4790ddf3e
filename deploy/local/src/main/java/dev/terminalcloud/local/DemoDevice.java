package dev.terminalcloud.local;

import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.Received;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.journal.FileJournal;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.ShowPairingCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The first demo device, run in this process, so that a register has a device to pair with and to pay on. While it is not paired it
 * always has a pairing code: when one expires it requests the next.
 */
final class DemoDevice {
    static final String ID = DemoDevices.first();

    private static final int RESPONSE_TIMEOUT_SECONDS = 30;

    private final VirtualDevice device;

    /** Receives each code but the first. */
    private volatile Consumer<String> freshCodes = code -> {};

    private DemoDevice(Path journal, int mqttPort) {
        this.device = VirtualDevice.builder()
                .id(ID)
                .secret(DemoDevices.SECRET)
                .cloud(URI.create("mqtt://127.0.0.1:" + mqttPort))
                .journal(FileJournal.open(journal))
                .watcher(this::watch)
                .build();
    }

    /** Creates the device with its journal, and thus its pairing, in this folder, where the next start finds it again. */
    static DemoDevice create(Path folder, int mqttPort) {
        return new DemoDevice(folder.resolve(ID + ".journal"), mqttPort);
    }

    /**
     * Connects, and requests a pairing code unless the device is paired from an earlier start.
     *
     * @param watcher receives each later code as soon as it exists; must not block
     * @return the code; empty if the device is paired
     * @throws StackException if the cloud refuses the connection or does not answer
     */
    Optional<String> switchOn(Consumer<String> watcher) {
        await("connect", device.start());
        if (isPaired()) {
            freshCodes = watcher;
            return Optional.empty();
        }
        String code = await("get a pairing code", device.requestPairingCode());
        freshCodes = watcher;
        return Optional.of(code);
    }

    void switchOff() {
        device.close();
    }

    private boolean isPaired() {
        return device.pairing() instanceof Paired;
    }

    private void watch(Activity activity) {
        if (activity instanceof Received received && received.message() instanceof ShowPairingCode shown) {
            freshCodes.accept(shown.code());
            CompletableFuture.delayedExecutor(shown.expiresInSeconds(), TimeUnit.SECONDS)
                    .execute(this::renewCode);
        }
    }

    private void renewCode() {
        if (!isPaired()) {
            device.requestPairingCode();
        }
    }

    private static <T> T await(String action, CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture()
                    .orTimeout(RESPONSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new StackException(
                    "The virtual device %s failed to %s within %d s, see device-connector.log"
                            .formatted(ID, action, RESPONSE_TIMEOUT_SECONDS),
                    e);
        }
    }
}
