package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.util.Optional;

/** The {@code Journal.*} functions, which concern only the last payment of the current pairing. */
record LastTransaction(DeviceSnapshot terminal) {
    private static final Report NONE = DeviceSnapshot.failed("No transaction");

    /** Prints the receipt again. */
    Report reprinted() {
        return find().map(entry -> entry.report().receipt())
                .map(receipt -> FunctionReport.accepted()
                        .text("REPRINTED")
                        .at(terminal.now())
                        .printed(receipt)
                        .build())
                .orElse(NONE);
    }

    Report reported() {
        return find().map(entry -> entry.report().referringTo(entry.transactionId()))
                .orElse(NONE);
    }

    private Optional<Finished> find() {
        long pairing = terminal.journal().pairing().number();
        return terminal.journal().entries().stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .filter(entry -> entry.offer().pairingNumber() == pairing)
                .filter(entry -> DeviceFunction.of(entry.offer().function())
                        .filter(DeviceFunction::isPayment)
                        .isPresent())
                .reduce((earlier, later) -> later);
    }
}
