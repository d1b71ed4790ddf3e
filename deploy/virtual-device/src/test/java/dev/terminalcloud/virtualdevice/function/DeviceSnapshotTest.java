package dev.terminalcloud.virtualdevice.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.OfferBuilder;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the functions that do not move money. */
class DeviceSnapshotTest {
    private final TestDeviceSnapshot terminal = new TestDeviceSnapshot().pairedWith(3, "Shop");

    @Test
    void logsOn() {
        Report report = terminal.runs(DeviceFunction.ACQUIRER_LOGON, 0);

        assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(report.acquirerRef()).matches("[0-9]{6}");
        assertThat(report.terminalRef()).matches("[0-9]{8}");
        assertThat(report.receipt()).contains("LOGON SUCCESSFUL");
    }

    @Test
    void settlesWhatItAcceptedSinceTheLastCutover() {
        terminal.purchases(99_900, Ending.APPROVE);
        terminal.runs(DeviceFunction.ACQUIRER_SETTLEMENT_CUTOVER, 0);
        terminal.purchases(500, Ending.APPROVE);
        terminal.purchases(700, Ending.DECLINE);
        terminal.runs(DeviceFunction.QR_CONSUMER_PURCHASE, 250);
        terminal.runs(DeviceFunction.CARD_AUTHORISE, 4_000);
        terminal.runs(DeviceFunction.CARD_REFUND, 1_000);

        String receipt =
                terminal.runs(DeviceFunction.ACQUIRER_SETTLEMENT_INQUIRY, 0).receipt();

        assertThat(receipt)
                .contains("PAYMENTS                     2\n")
                .contains("PAID                      7.50\n")
                .contains("REFUNDS                      1\n")
                .contains("REFUNDED                 10.00\n")
                .contains("NET                      -2.50\n");
    }

    @Test
    void settlesOneDay() {
        terminal.purchases(500, Ending.APPROVE);

        assertThat(inquiry("20260304").receipt()).contains("PAID                      5.00\n");
        assertThat(inquiry("20260305").receipt()).contains("PAID                      0.00\n");
    }

    private Report inquiry(String date) {
        return terminal.runs(
                OfferBuilder.builder()
                        .transactionId(UUID.randomUUID())
                        .pairingNumber(3)
                        .function("Acquirer.Settlement.Inquiry")
                        .date(date)
                        .build(),
                Ending.APPROVE);
    }

    @Test
    void printsItsLastReceiptAgain() {
        Report paid = terminal.purchases(500, Ending.APPROVE);

        Report reprinted = terminal.runs(DeviceFunction.JOURNAL_REPRINT_RECEIPT, 0);

        assertThat(reprinted.transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(reprinted.receipt()).isEqualTo(paid.receipt());
    }

    @Test
    void reportsItsLastTransaction() {
        terminal.purchases(500, Ending.APPROVE);
        Report declined = terminal.purchases(700, Ending.DECLINE);
        UUID last = terminal.lastId();

        Report report = terminal.runs(DeviceFunction.JOURNAL_GET_TRANS_RESULT, 0);

        assertThat(report).isEqualTo(declined.referringTo(last));
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceFunction.class,
            names = {"JOURNAL_REPRINT_RECEIPT", "JOURNAL_GET_TRANS_RESULT"})
    void hidesTransactionsOfAnotherPairing(DeviceFunction function) {
        terminal.purchases(500, Ending.APPROVE);
        terminal.pairedWith(4, "Another Shop");

        Report report = terminal.runs(function, 0);

        assertThat(report.result()).isEqualTo(FunctionResult.FAILED);
        assertThat(report.receipt()).isNull();
    }

    @Test
    void reportsItsStatus() {
        Report report = terminal.with(DeviceStatus.NOT_LOGGED_ON).runs(DeviceFunction.TERMINAL_GET_STATUS, 0);

        assertThat(report.transactionResult()).isNull();
        assertThat(report.result()).isEqualTo(FunctionResult.OK);
        assertThat(report.status()).isEqualTo(DeviceStatus.NOT_LOGGED_ON);
    }

    @Test
    void readsACard() {
        Report report = terminal.runs(DeviceFunction.TERMINAL_READ_CARD, 0);

        assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(report.cardPan()).isEqualTo("....0138");
        assertThat(report.cardType()).isEqualTo("VISA");
    }

    @Test
    void failsWhereItDoesNotKnowTheFunction() {
        Report report = terminal.runs(terminal.offer("Card.Dance", 500), Ending.APPROVE);

        assertThat(report.result()).isEqualTo(FunctionResult.FAILED);
        assertThat(report.resultText()).isEqualTo("Not supported: Card.Dance");
    }

    @ParameterizedTest
    @EnumSource
    void eachFunctionFindsItselfByItsName(DeviceFunction function) {
        assertThat(DeviceFunction.of(function.wireName())).contains(function);
    }

    @ParameterizedTest
    @EnumSource
    void eachFunctionCanBeCancelled(DeviceFunction function) {
        Report report = terminal.runs(terminal.offer(function.wireName(), 500), Ending.CANCEL);

        assertThat(report.result()).isEqualTo(FunctionResult.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void eachReceiptHas30Columns(DeviceFunction function) {
        terminal.purchases(500, Ending.APPROVE);

        String receipt = terminal.runs(function, 500).receipt();

        if (receipt != null) {
            assertThat(receipt.lines()).allMatch(line -> line.length() <= 30);
            assertThat(receipt).endsWith("\n\n").doesNotEndWith("\n\n\n");
        }
    }
}
