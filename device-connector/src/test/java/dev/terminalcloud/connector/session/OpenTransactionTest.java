package dev.terminalcloud.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceEvent;
import dev.terminalcloud.events.DeviceEvent.CancelRefused;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.DeviceEvent.TransactionClaimed;
import dev.terminalcloud.events.DeviceEvent.TransactionNeverSeen;
import dev.terminalcloud.events.DeviceEvent.TransactionProgressed;
import dev.terminalcloud.events.DeviceEvent.TransactionRefused;
import dev.terminalcloud.events.RefusalReason;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenTransactionTest {
    private static final String DEVICE = "7000000001";
    private static final UUID SESSION = UUID.randomUUID();
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    private final OpenTransaction transaction = new OpenTransaction();

    @Test
    void commandsAndReportsAboutATransactionOpenIt() {
        for (SessionCommand command : List.of(
                new GrantStart(DEVICE, SESSION, FIRST),
                new ReportTransaction(DEVICE, SESSION, FIRST),
                new CancelTransaction(DEVICE, SESSION, FIRST))) {
            OpenTransaction opened = new OpenTransaction();
            opened.sent(command);
            assertThat(opened.isPresent()).as("%s", command).isTrue();
        }
        for (DeviceEvent report : List.of(
                new TransactionClaimed(DEVICE, SESSION, FIRST),
                new TransactionProgressed(DEVICE, SESSION, FIRST, "PIN"),
                new CancelRefused(DEVICE, SESSION, FIRST))) {
            OpenTransaction opened = new OpenTransaction();
            opened.received(report);
            assertThat(opened.isPresent()).as("%s", report).isTrue();
        }
    }

    @Test
    void lastWordOfEitherSideEndsIt() {
        transaction.sent(new GrantStart(DEVICE, SESSION, FIRST));
        transaction.received(new TransactionRefused(DEVICE, SESSION, FIRST, RefusalReason.BUSY));
        assertThat(transaction.isPresent()).isFalse();

        transaction.sent(new ReportTransaction(DEVICE, SESSION, FIRST));
        transaction.received(new TransactionNeverSeen(DEVICE, SESSION, FIRST));
        assertThat(transaction.isPresent()).isFalse();

        transaction.received(new TransactionClaimed(DEVICE, SESSION, FIRST));
        transaction.sent(new RefuseStart(DEVICE, SESSION, FIRST));
        assertThat(transaction.isPresent()).isFalse();
    }

    @Test
    void endOfAnotherTransactionDoesNotEndIt() {
        transaction.sent(new GrantStart(DEVICE, SESSION, SECOND));

        transaction.received(new TransactionNeverSeen(DEVICE, SESSION, FIRST));

        assertThat(transaction.isPresent()).isTrue();
    }

    @Test
    void pingsAreNotAboutATransaction() {
        transaction.sent(new PingDevice(DEVICE, SESSION, "n"));
        transaction.received(new DevicePonged(DEVICE, SESSION, "n"));

        assertThat(transaction.isPresent()).isFalse();
    }
}
