package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.journal.InMemoryJournal;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.journal.PairingState;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.OfferBuilder;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.time.LocalDateTime;
import java.util.UUID;

/** A terminal with a fixed clock, which keeps the transactions it runs in its journal. */
final class TestDeviceSnapshot {
    private final Journal journal = new InMemoryJournal();
    private Extras extras = Extras.NONE;
    private DeviceStatus status = DeviceStatus.READY;
    private int transactions;

    TestDeviceSnapshot with(Extras value) {
        extras = value;
        return this;
    }

    TestDeviceSnapshot with(DeviceStatus value) {
        status = value;
        return this;
    }

    TestDeviceSnapshot pairedWith(long pairingNumber, String businessName) {
        journal.write((PairingState) new Paired(pairingNumber, businessName, "Till"));
        return this;
    }

    Report purchases(long amountTotal, Ending ending) {
        return runs(offer(DeviceFunction.CARD_PURCHASE.wireName(), amountTotal), ending);
    }

    Report runs(DeviceFunction function, long amount) {
        return runs(offer(function.wireName(), amount), Ending.APPROVE);
    }

    Report runs(Offer offer, Ending ending) {
        Report report = new DeviceSnapshot(
                        "7000000001", status, journal, extras, LocalDateTime.parse("2026-03-04T15:16:17"))
                .report(offer, ending);
        journal.write(new Finished(offer, report, true));
        return report;
    }

    Offer offer(String function, long amount) {
        UUID id = new UUID(0x4000, 0x8000_0000_0012_d687L + transactions++);
        boolean authorise = function.equals("Card.Authorise") || function.equals("Card.Authorise.Increment");
        boolean release = function.equals("Card.Authorise.Cancel");
        boolean finalise = function.equals("Card.Finalise");
        return OfferBuilder.builder()
                .transactionId(id)
                .pairingNumber(journal.pairing().number())
                .function(function)
                .amountTotal(authorise || finalise || release ? null : amount)
                .amountCash(function.equals("Card.PurchasePlusCash") ? 200L : null)
                .amountAuth(authorise ? amount : null)
                .amountFinal(finalise ? amount : null)
                .transactionReference(finalise || function.startsWith("Card.Authorise.") ? "R-1" : null)
                .build();
    }

    UUID lastId() {
        return new UUID(0x4000, 0x8000_0000_0012_d687L + transactions - 1);
    }
}
