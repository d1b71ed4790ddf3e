package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.journal.PairingState;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import java.util.Optional;
import java.util.function.Consumer;

/** The display of the device. Written in the device's sequence, readable by any thread. */
final class Display {
    private final Consumer<Activity> watcher;
    private volatile String text = "";
    private volatile String pairingCode;

    Display(Consumer<Activity> watcher) {
        this.watcher = watcher;
    }

    String text() {
        return text;
    }

    Optional<String> pairingCode() {
        return Optional.ofNullable(pairingCode);
    }

    void show(String newText) {
        text = newText;
        watcher.accept(new Activity.Shown(newText));
    }

    void showPairingCode(String code) {
        pairingCode = code;
        show("PAIRING CODE " + code);
    }

    void forgetPairingCode() {
        pairingCode = null;
    }

    /** Shows the pairing, as the device does between payments. */
    void showIdle(PairingState pairing) {
        show(pairing instanceof Paired paired ? paired.businessName() + ": " + paired.registerName() : "NOT PAIRED");
    }

    void turnOff() {
        pairingCode = null;
        text = "";
    }
}
