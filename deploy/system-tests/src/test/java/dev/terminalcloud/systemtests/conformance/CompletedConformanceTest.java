package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertApproved;
import static dev.terminalcloud.systemtests.conformance.Expected.assertEnvelope;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualregister.Answer;
import java.util.List;
import java.util.Map;

/** Section 4: the members of a completed answer. */
@Conformance
class CompletedConformanceTest {
    private static final Extras EXTRAS = new Extras(25, 100);
    private static final int COLUMNS = 30;

    private final TargetSystem cloud;

    CompletedConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.MEMBERS)
    void membersAreThoseOfThePage() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.extras(EXTRAS))) {
            Map<String, String> amounts = Map.of("AmountTotal", "1500", "AmountCash", "500", "SaleData", "{}");
            PolledTransaction payment = PolledTransaction.start(
                    shop.register(), shop.register().transaction("Card.PurchasePlusCash", amounts));

            Answer completed = payment.awaitCompleted(TIMEOUT);

            assertApproved(completed);
            Report report = reportOf(shop, payment);
            assertThat(completed.data("ResultText")).isEqualTo(report.resultText());
            assertThat(completed.data("Function")).isEqualTo("Card.PurchasePlusCash");
            assertThat(completed.data("DeviceID")).isEqualTo(shop.device().id());
            assertThat(completed.data("RequestId")).isEqualTo(payment.id().toString());
            assertThat(completed.data("Merchant")).isEqualTo("1");
            assertThat(completed.data("AmountTotal")).isEqualTo("1625");
            assertThat(completed.data("AmountSurcharge")).isEqualTo("25");
            assertThat(completed.data("AmountTip")).isEqualTo("100");
            assertThat(completed.data("AmountCash")).isEqualTo("500");
            assertThat(completed.data("AuthId")).isEqualTo(report.authId());
            assertThat(completed.data("AcquirerRef"))
                    .isEqualTo(report.acquirerRef())
                    .matches("[0-9]{6}");
            assertThat(completed.data("TerminalRef"))
                    .isEqualTo(report.terminalRef())
                    .matches("[0-9]{8}");
            assertThat(completed.data("CardPan")).isEqualTo("....0138");
            assertThat(completed.data("CardType")).isEqualTo(report.cardType());
            assertThat(completed.data("AccountType")).isIn("CREDIT", "CHEQUE", "SAVINGS");
            assertThat(completed.data("Timestamp"))
                    .isEqualTo(report.timestamp())
                    .matches("[0-9]{14}");
            assertThat(completed.data("SaleData")).isEqualTo("{}");
        }
    }

    @Proves(Row.ALL_STRINGS)
    void allValuesAreStringsAndNoAmountIsEmpty() throws Exception {
        try (Shop shop = cloud.paired()) {
            for (long amount : new long[] {500, 551, 554, 555, 556}) {
                PolledTransaction payment = PolledTransaction.start(shop.register(), amount);

                // Looks at each member.
                assertEnvelope(payment.started(), "PENDING");
                assertEnvelope(payment.awaitCompleted(TIMEOUT), "COMPLETED");
            }
            for (String type : List.of("Terminal.GetStatus", "Acquirer.Logon", "Terminal.ReadCard")) {
                PolledTransaction payment =
                        PolledTransaction.start(shop.register(), shop.register().transaction(type, Map.of()));
                Answer completed = payment.awaitCompleted(TIMEOUT);
                assertEnvelope(completed, "COMPLETED");
                assertThat(completed.data("AmountTotal")).isNull();
            }
        }
    }

    @Proves(Row.ACCEPTED_CARD)
    void acceptedCardTransactionHasCardAndAmounts() throws Exception {
        try (Shop shop = cloud.paired()) {
            Map<String, Map<String, String>> transactions = Map.of(
                    "Card.Purchase", Map.of("AmountTotal", "1500"),
                    "Card.PurchasePlusCash", Map.of("AmountTotal", "1500", "AmountCash", "500"),
                    "Card.CashAdvance", Map.of("AmountTotal", "1500"),
                    "Card.Refund", Map.of("AmountTotal", "1500"),
                    "Card.Authorise", Map.of("AmountAuth", "1500"),
                    "Card.Finalise", Map.of("AmountFinal", "1500", "TransactionReference", "R-1"));
            transactions.forEach((type, amounts) -> {
                Answer completed = PolledTransaction.start(
                                shop.register(), shop.register().transaction(type, amounts))
                        .awaitCompleted(TIMEOUT);

                assertApproved(completed);
                assertThat(completed.data("CardType")).as(type).isNotBlank();
                assertThat(completed.data("AmountTotal")).as(type).isEqualTo("1500");
                assertThat(completed.data("AmountSurcharge")).as(type).isEqualTo("0");
                assertThat(completed.data("AmountTip")).as(type).isEqualTo("0");
            });
        }
    }

    @Proves(Row.RECEIPT)
    void receiptIsTheDevices() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.extras(EXTRAS))) {
            for (long amount : new long[] {500, 551}) {
                PolledTransaction payment = PolledTransaction.start(shop.register(), amount);
                String receipt = payment.awaitCompleted(TIMEOUT).data("Receipt");

                assertThat(receipt).isEqualTo(reportOf(shop, payment).receipt());
                assertThat(receipt).endsWith("\n\n").doesNotContain("\r");
                assertThat(receipt.lines()).allMatch(line -> line.length() <= COLUMNS);
                assertThat(receipt.lines()).anyMatch(line -> line.length() == COLUMNS);
            }
        }
    }

    private static Report reportOf(Shop shop, PolledTransaction payment) {
        return ((Finished) shop.journalled(payment.id()).orElseThrow()).report();
    }
}
