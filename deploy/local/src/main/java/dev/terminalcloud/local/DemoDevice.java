package dev.terminalcloud.local;

import dev.terminalcloud.virtualdevice.Activity;
import dev.terminalcloud.virtualdevice.Activity.Connected;
import dev.terminalcloud.virtualdevice.Activity.ConnectionLost;
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

    private static final String ADVICE = "Read device-connector.log and pairing-service.log; then start again";

    private final VirtualDevice device;
    private final Progress progress;

    /** The last activity that shows how far the device is. */
    private volatile String state = "switched on";

    /** Receives each code but the first. */
    private volatile Consumer<String> freshCodes = code -> {};

    private DemoDevice(Path journal, URI cloud, Progress progress) {
        this.progress = progress;
        this.device = VirtualDevice.builder()
                .id(ID)
                .secret(DemoDevices.SECRET)
                .cloud(cloud)
                .journal(FileJournal.open(journal))
                .watcher(this::watch)
                .build();
    }

    /** Creates the device with its journal, and thus its pairing, in this folder, where the next start finds it again. */
    static DemoDevice create(Path folder, URI cloud, Progress progress) {
        return new DemoDevice(folder.resolve(ID + ".journal"), cloud, progress);
    }

    /**
     * Connects, and requests a pairing code unless the device is paired from an earlier start.
     *
     * @param watcher receives each later code as soon as it exists; must not block
     * @return the code; empty if the device is paired
     * @throws StackException if for too long the cloud does not answer, or always the same
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
        if (activity instanceof Connected) {
            state = "connected";
        } else if (activity instanceof ConnectionLost lost) {
            state = "not connected: " + lost.reason();
        }
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

    private <T> T await(String action, CompletionStage<T> answer) {
        StartupWait wait = StartupWait.begin("the virtual device %s to %s".formatted(ID, action), ADVICE, progress);
        try {
            return wait.until(answer.toCompletableFuture(), () -> ProgressSample.of(state, 0));
        } catch (CompletionException e) {
            throw new StackException("The virtual device %s failed to %s. %s".formatted(ID, action, ADVICE), e);
        }
    }
}
