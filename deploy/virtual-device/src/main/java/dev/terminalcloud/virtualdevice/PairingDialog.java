package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.PairingState;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The pairing dialog with a person at the device. Unanswered requests are repeated after each connect. */
final class PairingDialog {
    private final Journal journal;
    private final Display display;
    private final Timers timers;
    private final Consumer<DeviceMessage> send;
    private final List<CompletableFuture<String>> waitingForCode = new ArrayList<>();
    private boolean unpairing;

    PairingDialog(Journal journal, Display display, Timers timers, Consumer<DeviceMessage> send) {
        this.journal = journal;
        this.display = display;
        this.timers = timers;
        this.send = send;
    }

    void connected() {
        if (!waitingForCode.isEmpty()) {
            send.accept(new DeviceMessage.RequestPairingCode());
        }
        if (unpairing) {
            send.accept(new DeviceMessage.Unpair(journal.pairing().number()));
        }
    }

    void requestCode(CompletableFuture<String> answer) {
        waitingForCode.add(answer);
        send.accept(new DeviceMessage.RequestPairingCode());
    }

    void unpair() {
        unpairing = true;
        send.accept(new DeviceMessage.Unpair(journal.pairing().number()));
    }

    void received(CloudMessage.ShowPairingCode message) {
        String code = message.code();
        display.showPairingCode(code);
        timers.after(Duration.ofSeconds(message.expiresInSeconds()), () -> expire(code));
        waitingForCode.forEach(waiting -> waiting.complete(code));
        waitingForCode.clear();
    }

    private void expire(String code) {
        if (display.pairingCode().filter(code::equals).isPresent()) {
            display.forgetPairingCode();
            display.showIdle(journal.pairing());
        }
    }

    void received(CloudMessage.Paired message) {
        applyPairing(new Paired(message.pairingNumber(), message.businessName(), message.registerName()));
    }

    void received(CloudMessage.Unpaired message) {
        applyPairing(new Unpaired(message.pairingNumber()));
    }

    private void applyPairing(PairingState update) {
        PairingState known = journal.pairing();
        PairingState newest = known.after(update);
        if (newest.equals(known)) {
            return;
        }
        journal.write(newest);
        unpairing = unpairing && newest.number() == known.number();
        display.forgetPairingCode();
        display.showIdle(newest);
    }
}
