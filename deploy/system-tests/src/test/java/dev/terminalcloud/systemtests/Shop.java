package dev.terminalcloud.systemtests;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.terminalcloud.virtualdevice.Ran;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.journal.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A register and a device.
 *
 * @param gone gives the device's id back
 */
record Shop(FakeRegister register, VirtualDevice device, Runnable gone) implements AutoCloseable {

    String pairingCode() throws Exception {
        return device.requestPairingCode().toCompletableFuture().get(30, SECONDS);
    }

    /** What really ran on the device, in order. */
    List<UUID> ran() {
        return device.ran().stream().map(Ran::transactionId).toList();
    }

    Optional<JournalEntry> journalled(UUID transactionId) {
        return device.journal().find(transactionId);
    }

    @Override
    public void close() {
        device.close();
        gone.run();
    }
}
