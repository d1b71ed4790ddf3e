package dev.terminalcloud.virtualdevice.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.OfferBuilder;
import dev.terminalcloud.virtualdevice.protocol.OriginalBuilder;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTest {
    private final TestDeviceSnapshot terminal = new TestDeviceSnapshot().with(new Extras(25, 100));

    @Test
    void approvedPurchaseHasEverythingThatTheRegisterNeeds() {
        Report report = terminal.purchases(500, Ending.APPROVE);

        assertThat(report.amountTotal()).isEqualTo(625);
        assertThat(report.amountSurcharge()).isEqualTo(25);
        assertThat(report.amountTip()).isEqualTo(100);
        assertThat(report.authId()).matches("[0-9]{6}");
        assertThat(report.acquirerRef()).matches("[0-9]{6}");
        assertThat(report.terminalRef()).isEqualTo("00000001");
        assertThat(report.cardPan()).isEqualTo("....0138");
        assertThat(report.cardType()).isEqualTo("VISA");
        assertThat(report.accountType()).isEqualTo("CREDIT");
        assertThat(report.timestamp()).isEqualTo("20260304151617");
    }

    @Test
    void printsAReceipt() {
        assertThat(terminal.pairedWith(1, "Shop").purchases(500, Ending.APPROVE).receipt())
                .isEqualTo(
                        """
                                     Shop
                        ------------------------------
                        TERMINAL              00000001
                        REFERENCE               458790
                        DATE       04/03/2026 15:16:17
                        CARD                  ....0138
                        VISA                    CREDIT
                        PURCHASE                  5.00
                        SURCHARGE                 0.25
                        TIP                       1.00
                        TOTAL                     6.25
                        AUTH                    458759
                        ------------------------------
                                   APPROVED

                        """);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99, 500, 999_999_999})
    void noLineIsLongerThan30Columns(long amount) {
        String receipt = terminal.with(new Extras(999_999_999, 999_999_999))
                .pairedWith(1, "The Very Long Name of a Merchant That Fits on No Receipt at All")
                .purchases(amount, Ending.APPROVE)
                .receipt();

        assertThat(receipt.lines()).allMatch(line -> line.length() <= 30);
        assertThat(receipt).endsWith("\n\n").doesNotEndWith("\n\n\n");
    }

    @Test
    void declinedPurchaseCostsNothingExtra() {
        Report report = terminal.purchases(500, Ending.DECLINE);

        assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_DECLINED);
        assertThat(report.amountTotal()).isEqualTo(500);
        assertThat(report.amountSurcharge()).isZero();
        assertThat(report.authId()).isNull();
        assertThat(report.receipt()).contains("DECLINED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CANCEL", "FAULT", "UNAVAILABLE"})
    void reportWithoutCardHasNoCardMembers(Ending ending) {
        Report report = terminal.purchases(500, ending);

        assertThat(report.cardPan()).isNull();
        assertThat(report.amountTotal()).isNull();
        assertThat(report.receipt()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceFunction.class,
            names = {"CARD_REFUND", "CARD_CASH_ADVANCE", "CARD_AUTHORISE_INCREMENT", "QR_REFUND"})
    void onlyACustomerWhoBuysAddsATip(DeviceFunction function) {
        assertThat(terminal.runs(function, 500).amountTotal()).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(value = DeviceFunction.class, mode = Mode.MATCH_ALL, names = "CARD_(?!AUTHORISE_CANCEL).*")
    void eachCardPaymentHasItsCardAndAmounts(DeviceFunction function) {
        Report report = terminal.runs(function, 500);

        assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(report.cardType()).isEqualTo("VISA");
        assertThat(report.amountTotal()).isGreaterThanOrEqualTo(500);
        assertThat(report.amountSurcharge()).isNotNull();
        assertThat(report.amountTip()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(value = DeviceFunction.class, mode = Mode.MATCH_ALL, names = "QR_.*")
    void walletHasNoCard(DeviceFunction function) {
        Report report = terminal.runs(function, 500);

        assertThat(report.cardPan()).isNull();
        assertThat(report.receipt()).doesNotContain("CARD");
    }

    @Test
    void releasedAuthorisationIsAcceptedWithoutAnAmount() {
        Report report = terminal.pairedWith(1, "Shop").runs(DeviceFunction.CARD_AUTHORISE_CANCEL, 500);

        assertThat(report.transactionResult()).isEqualTo(TransactionResult.OK_ACCEPTED);
        assertThat(report.amountTotal()).isZero();
        assertThat(report.receipt())
                .contains("AUTHORISATION              R-1\n", "AUTH RELEASE", "APPROVED")
                .doesNotContain("TOTAL", "CANCELLED");
    }

    @Test
    void receiptOfALinkedRefundNamesItsOriginal() {
        Offer refund = OfferBuilder.builder(Offer.purchase(UUID.randomUUID(), 1, 500))
                .function("Card.Refund")
                .original(OriginalBuilder.builder()
                        .originalTransactionId(UUID.randomUUID())
                        .originalAcquirerRef("000042")
                        .build())
                .build();

        assertThat(terminal.pairedWith(1, "Shop").runs(refund, Ending.APPROVE).receipt())
                .contains("ORIGINAL                000042\n");
    }

    @Test
    void cashIsPartOfTheTotal() {
        Report report = terminal.runs(DeviceFunction.CARD_PURCHASE_PLUS_CASH, 500);

        assertThat(report.amountCash()).isEqualTo(200);
        assertThat(report.amountTotal()).isEqualTo(625);
        assertThat(report.receipt()).contains("INCLUDING CASH            2.00");
    }
}
