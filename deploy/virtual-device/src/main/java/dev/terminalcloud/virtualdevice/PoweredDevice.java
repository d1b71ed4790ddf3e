package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.connection.CloudLink;
import dev.terminalcloud.virtualdevice.connection.LinkListener;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The device while it has power: all state that is only in its memory.
 *
 * <p>All methods are called in the device's sequence. State that must survive a power cut is in the journal.
 */
final class PoweredDevice implements LinkListener {
    private static final String MODEL = "virtual-device";
    private static final String FIRMWARE = "1.0.0";

    private final DeviceSettings settings;
    private final Timers timers;
    private final Display display;
    private final CloudLink link;
    private final PairingDialog pairingDialog;
    private final TransactionHandler transactions;
    private final CompletableFuture<Void> connectedOnce;
    private DeviceStatus status;
    private boolean off;

    /** @param connectedOnce completes when the cloud has acknowledged a hello */
    PoweredDevice(
            DeviceSettings settings,
            Executor sequence,
            Display display,
            DeviceStatus status,
            CompletableFuture<Void> connectedOnce) {
        this.settings = settings;
        this.display = display;
        this.status = status;
        this.connectedOnce = connectedOnce;
        this.timers = new Timers(settings.scheduler(), sequence);
        this.link = new CloudLink(
                settings.credentials(),
                settings.timing().reconnect(),
                settings.timing().acknowledgementLimit(),
                settings.scheduler(),
                sequence,
                settings.random(),
                this);
        this.pairingDialog = new PairingDialog(settings.journal(), display, timers, this::send);
        this.transactions = new TransactionHandler(
                settings,
                timers,
                new Checkout(settings, timers, display, () -> this.status),
                new MisbehaviourEngine(settings.behaviour(), settings.journal(), link),
                this::send);
    }

    void boot(boolean plugged) {
        display.showIdle(settings.journal().pairing());
        transactions.powerRestored();
        if (plugged) {
            link.connect();
        } else {
            link.unplug();
        }
    }

    void cutPower() {
        off = true;
        timers.stop();
        link.cut();
        display.turnOff();
    }

    CompletionStage<?> shutDown() {
        off = true;
        timers.stop();
        display.turnOff();
        return link.close();
    }

    void unplugNetwork() {
        link.unplug();
    }

    void plugNetwork() {
        link.plug();
    }

    PairingDialog pairingDialog() {
        return pairingDialog;
    }

    void readCard() {
        transactions.readCard();
    }

    void endPayment(Ending ending) {
        transactions.endCurrent(ending);
    }

    void changeStatus(DeviceStatus newStatus) {
        status = newStatus;
        send(new DeviceMessage.StatusChanged(newStatus));
    }

    @Override
    public void connected() {
        settings.watcher().accept(new Activity.Connected());
        send(new DeviceMessage.Hello(MODEL, FIRMWARE, status));
        transactions.connected();
        pairingDialog.connected();
    }

    @Override
    public boolean received(CloudMessage message) {
        if (off) {
            return false;
        }
        settings.watcher().accept(new Activity.Received(message));
        if (message instanceof CloudMessage.TransactionCommand about) {
            return transactions.received(about, status);
        }
        answer(message);
        return true;
    }

    private void answer(CloudMessage message) {
        if (message instanceof CloudMessage.ShowPairingCode code) {
            pairingDialog.received(code);
        } else if (message instanceof CloudMessage.Paired paired) {
            pairingDialog.received(paired);
        } else if (message instanceof CloudMessage.Unpaired unpaired) {
            pairingDialog.received(unpaired);
        } else if (message instanceof CloudMessage.Ping ping) {
            send(new DeviceMessage.Pong(ping.nonce()));
        }
    }

    @Override
    public void acknowledged(DeviceMessage message) {
        if (off) {
            return;
        }
        settings.watcher().accept(new Activity.Acknowledged(message));
        if (message instanceof DeviceMessage.Hello) {
            connectedOnce.complete(null);
        }
        if (message instanceof DeviceMessage.TransactionUpdate about) {
            transactions.acknowledged(about);
        }
    }

    @Override
    public void disconnected(String reason) {
        settings.watcher().accept(new Activity.ConnectionLost(reason));
    }

    private void send(DeviceMessage message) {
        settings.watcher().accept(new Activity.Sent(message));
        link.send(message);
    }
}
