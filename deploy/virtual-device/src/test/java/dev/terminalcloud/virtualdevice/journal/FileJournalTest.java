package dev.terminalcloud.virtualdevice.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.NeverSeen;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Refused;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.journal.PairingState.Unpaired;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.RefusalReason;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123Z");

    @TempDir
    private Path folder;

    private final Offer offer = Offer.purchase(UUID.randomUUID(), 7, 500);
    private final Report report = Report.without(TransactionResult.OK_DECLINED, FunctionResult.OK, "DECLINED");
    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("devices").resolve("journal");
    }

    @Test
    void readsBackEachKindOfEntry() {
        List<JournalEntry> entries = List.of(
                new Claimed(Offer.purchase(UUID.randomUUID(), 7, 500), NOW),
                new Running(Offer.purchase(UUID.randomUUID(), 7, 500)),
                new Finished(offer, report, true),
                new Refused(UUID.randomUUID(), RefusalReason.OLD_PAIRING),
                new NeverSeen(UUID.randomUUID()));
        try (FileJournal journal = FileJournal.open(path)) {
            entries.forEach(journal::write);
            journal.write(new Unpaired(3));
            journal.write(new Paired(4, "Shop", "Till"));
        }

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.entries()).containsExactlyElementsOf(entries);
            assertThat(again.pending()).containsExactlyElementsOf(entries.subList(0, 2));
            assertThat(again.pairing()).isEqualTo(new Paired(4, "Shop", "Till"));
        }
    }

    @Test
    void newestStateOfAnIdCounts() {
        try (FileJournal journal = FileJournal.open(path)) {
            journal.write(new Claimed(offer, NOW));
            journal.write(new Running(offer));
            journal.write(new Finished(offer, report, false));
        }

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.find(offer.transactionId())).contains(new Finished(offer, report, false));
        }
    }

    @Test
    void entryNeverGoesBackwards() {
        try (FileJournal journal = FileJournal.open(path)) {
            journal.write(new Claimed(offer, NOW));
            journal.write(new Running(offer));

            assertThatThrownBy(() -> journal.write(new Claimed(offer, NOW)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(offer.transactionId().toString());
            assertThatThrownBy(() -> journal.write(new Refused(offer.transactionId(), RefusalReason.BUSY)))
                    .isInstanceOf(IllegalStateException.class);
        }

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.find(offer.transactionId())).contains(new Running(offer));
        }
    }

    @Test
    void lineThatAKillCutOffIsRemoved() throws IOException {
        try (FileJournal journal = FileJournal.open(path)) {
            journal.write(new Claimed(offer, NOW));
        }
        Files.writeString(path, "{\"entry\":{\"state\":\"runn", StandardOpenOption.APPEND);

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.entries()).containsExactly(new Claimed(offer, NOW));
            again.write(new Running(offer));
        }

        try (FileJournal third = FileJournal.open(path)) {
            assertThat(third.entries()).containsExactly(new Running(offer));
        }
    }

    @Test
    void damagedJournalStopsTheDevice() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "this is not a journal\n");

        assertThatThrownBy(() -> FileJournal.open(path))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Corrupt journal");
    }

    @Test
    void twoDevicesCanNotShareAJournal() {
        try (FileJournal journal = FileJournal.open(path)) {
            assertThatThrownBy(() -> FileJournal.open(path))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Journal in use by another device: ");
            journal.write(new Claimed(offer, NOW));
        }

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.entries()).containsExactly(new Claimed(offer, NOW));
        }
    }

    @Test
    void forgettingIsForGood() {
        try (FileJournal journal = FileJournal.open(path)) {
            journal.write(new Paired(4, "Shop", "Till"));
            journal.write(new Claimed(offer, NOW));
            journal.forget();
            journal.write(new NeverSeen(offer.transactionId()));
        }

        try (FileJournal again = FileJournal.open(path)) {
            assertThat(again.entries()).containsExactly(new NeverSeen(offer.transactionId()));
            assertThat(again.pairing()).isEqualTo(PairingState.none());
        }
    }
}
