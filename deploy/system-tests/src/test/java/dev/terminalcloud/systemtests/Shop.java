package dev.terminalcloud.systemtests;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.terminalcloud.virtualdevice.ShownPayment;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.journal.JournalEntry;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A register and a device.
 *
 * @param onClose returns the device's id
 */
public record Shop(VirtualRegister register, VirtualDevice device, Runnable onClose) implements AutoCloseable {

    public String pairingCode() throws Exception {
        return device.requestPairingCode().toCompletableFuture().get(30, SECONDS);
    }

    /** Returns the transactions that ran on the device, in order. */
    public List<UUID> ran() {
        return device.shownPayments().stream().map(ShownPayment::transactionId).toList();
    }

    public Optional<JournalEntry> journalled(UUID transactionId) {
        return device.journal().find(transactionId);
    }

    /** Does not return a device on which a transaction still runs after a failed test: it would be busy. */
    @Override
    public void close() {
        boolean idle = device.journal().entries().stream().noneMatch(Shop::isUnfinished);
        device.close();
        if (idle) {
            onClose.run();
        }
    }

    private static boolean isUnfinished(JournalEntry entry) {
        return entry instanceof Claimed || entry instanceof Running;
    }
}
