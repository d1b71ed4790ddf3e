package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.PairingState;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A payment device made of software: it does everything that the device protocol asks of one, for people, tests and
 * load, and misbehaves on demand.
 *
 * <p>Safe for use by many threads. What is asked of it happens one after the other, in the order asked, on the threads
 * of its scheduler; no thread waits for anything, so that thousands of devices share a few. It keeps connecting until it
 * is switched off, unplugged or closed.
 */
public final class VirtualDevice implements AutoCloseable {
    private final DeviceSettings settings;
    private final SerialExecutor sequence;
    private final Display display;
    private final List<ShownPayment> ran;
    private final Runnable afterClose;

    private PoweredDevice powered;
    private DeviceStatus status = DeviceStatus.READY;
    private boolean plugged = true;

    VirtualDevice(DeviceSettings settings, List<ShownPayment> ran, Runnable afterClose) {
        this.settings = settings;
        this.ran = ran;
        this.afterClose = afterClose;
        this.sequence = new SerialExecutor(settings.scheduler());
        this.display = new Display(settings.watcher());
    }

    public static VirtualDeviceBuilder builder() {
        return new VirtualDeviceBuilder();
    }

    public String id() {
        return settings.credentials().deviceId();
    }

    /**
     * Switches the device on. Completes when the cloud has acknowledged the greeting; until then the device keeps
     * trying, also when it is refused.
     */
    public CompletionStage<Void> start() {
        CompletableFuture<Void> welcomed = new CompletableFuture<>();
        sequence.execute(() -> switchOn(welcomed));
        return welcomed;
    }

    private void switchOn(CompletableFuture<Void> welcomed) {
        if (powered != null) {
            welcomed.completeExceptionally(new IllegalStateException("device " + id() + " is on already"));
            return;
        }
        settings.watcher().accept(new Activity.PowerOn());
        powered = new PoweredDevice(settings, sequence, display, status, welcomed);
        powered.boot(plugged);
    }

    /** Power is back: what ran is reversed, what was claimed is claimed again. Completes as {@link #start()} does. */
    public CompletionStage<Void> powerOn() {
        return start();
    }

    /** Takes the power away in the middle of whatever happens: only the journal stays. */
    public void powerOff() {
        whilePowered(device -> {
            device.cutPower();
            powered = null;
            settings.watcher().accept(new Activity.PowerOff());
        });
    }

    /** The connection breaks without a goodbye, and no other is made until {@link #plugNetwork()}. */
    public void unplugNetwork() {
        sequence.execute(() -> plugged = false);
        whilePowered(PoweredDevice::unplugNetwork);
    }

    public void plugNetwork() {
        sequence.execute(() -> plugged = true);
        whilePowered(PoweredDevice::plugNetwork);
    }

    /** Asks the cloud for a code, again after each connect until there is one; completes with it. */
    public CompletionStage<String> requestPairingCode() {
        CompletableFuture<String> code = new CompletableFuture<>();
        whilePowered(device -> device.pairingDialog().requestCode(code));
        return code;
    }

    /** Asks the cloud to end the pairing; {@link #pairing()} changes when it has. */
    public void unpair() {
        whilePowered(device -> device.pairingDialog().unpair());
    }

    /** Somebody at the device ends the payment that runs now; nothing happens when none does. */
    public void endPayment(Ending ending) {
        whilePowered(device -> device.endPayment(ending));
    }

    /** The device tells the cloud, now and with each greeting, that it is in this status. */
    public void changeStatus(DeviceStatus newStatus) {
        sequence.execute(() -> status = newStatus);
        whilePowered(device -> device.changeStatus(newStatus));
    }

    /** The code on the display, while it is worth something. */
    public Optional<String> shownPairingCode() {
        return display.pairingCode();
    }

    /** What the display shows; empty while the power is off. */
    public String shownText() {
        return display.text();
    }

    public PairingState pairing() {
        return settings.journal().pairing();
    }

    /** The device's own record of transactions. */
    public Journal journal() {
        return settings.journal();
    }

    /** Each payment that was shown to a customer, in order, whatever became of the journal. */
    public List<ShownPayment> shownPayments() {
        synchronized (ran) {
            return List.copyOf(ran);
        }
    }

    /** Says goodbye to the cloud and switches off. Returns at once; what is asked of the device later does nothing. */
    @Override
    public void close() {
        sequence.execute(() -> {
            if (powered == null) {
                afterClose.run();
                return;
            }
            powered.shutDown().thenRun(afterClose);
            powered = null;
        });
    }

    private void whilePowered(Consumer<PoweredDevice> task) {
        sequence.execute(() -> {
            if (powered != null) {
                task.accept(powered);
            }
        });
    }
}
