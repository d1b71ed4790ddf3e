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
 * A payment device made of software: it does everything that the device protocol requires, for people, tests and
 * load, and misbehaves on demand.
 *
 * <p>Thread-safe. Requests are carried out one after the other, in their order, on the threads
 * of its scheduler; no thread blocks, so that thousands of devices share a few. It keeps reconnecting until it
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
     * Switches the device on. Completes when the cloud has acknowledged the hello; until then the device keeps
     * retrying, also when it is refused.
     */
    public CompletionStage<Void> start() {
        CompletableFuture<Void> welcomed = new CompletableFuture<>();
        sequence.execute(() -> switchOn(welcomed));
        return welcomed;
    }

    private void switchOn(CompletableFuture<Void> welcomed) {
        if (powered != null) {
            welcomed.completeExceptionally(new IllegalStateException("Device " + id() + " is already on"));
            return;
        }
        settings.watcher().accept(new Activity.PowerOn());
        powered = new PoweredDevice(settings, sequence, display, status, welcomed);
        powered.boot(plugged);
    }

    /** Restores the power: reverses a running payment, and repeats a claim. Completes as {@link #start()} does. */
    public CompletionStage<Void> powerOn() {
        return start();
    }

    /** Cuts the power in the middle of the current action: only the journal stays. */
    public void powerOff() {
        whilePowered(device -> {
            device.cutPower();
            powered = null;
            settings.watcher().accept(new Activity.PowerOff());
        });
    }

    /** Breaks the connection without a DISCONNECT, and does not reconnect until {@link #plugNetwork()}. */
    public void unplugNetwork() {
        sequence.execute(() -> plugged = false);
        whilePowered(PoweredDevice::unplugNetwork);
    }

    public void plugNetwork() {
        sequence.execute(() -> plugged = true);
        whilePowered(PoweredDevice::plugNetwork);
    }

    /** Requests a pairing code from the cloud, again after each connect until it is received; completes with the code. */
    public CompletionStage<String> requestPairingCode() {
        CompletableFuture<String> code = new CompletableFuture<>();
        whilePowered(device -> device.pairingDialog().requestCode(code));
        return code;
    }

    /** Requests the end of the pairing; {@link #pairing()} changes when the cloud has ended it. */
    public void unpair() {
        whilePowered(device -> device.pairingDialog().unpair());
    }

    /**
     * Reads the customer's card in the running payment, if there is one. From then on the device refuses to cancel it, until it has ended as its
     * behaviour says, or by {@link #endPayment}.
     */
    public void readCard() {
        whilePowered(PoweredDevice::readCard);
    }

    /** Ends the running payment, as a person at the device would; does nothing when none is running. */
    public void endPayment(Ending ending) {
        whilePowered(device -> device.endPayment(ending));
    }

    /** Sets the status of the device, which it reports to the cloud now and in each hello. */
    public void changeStatus(DeviceStatus newStatus) {
        sequence.execute(() -> status = newStatus);
        whilePowered(device -> device.changeStatus(newStatus));
    }

    /** Returns the pairing code on the display, while it is valid. */
    public Optional<String> shownPairingCode() {
        return display.pairingCode();
    }

    /** Returns the text on the display; empty while the power is off. */
    public String shownText() {
        return display.text();
    }

    public PairingState pairing() {
        return settings.journal().pairing();
    }

    /** Returns the device's own record of transactions. */
    public Journal journal() {
        return settings.journal();
    }

    /** Returns the payments that were shown to a customer, in order, even if the journal was lost. */
    public List<ShownPayment> shownPayments() {
        synchronized (ran) {
            return List.copyOf(ran);
        }
    }

    /** Disconnects from the cloud and switches the device off. Returns at once; later requests do nothing. */
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
