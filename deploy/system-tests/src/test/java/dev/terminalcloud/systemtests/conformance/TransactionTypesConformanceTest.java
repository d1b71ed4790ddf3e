package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertStarted;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.VirtualRegister;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Section 3: the mandatory and optional parameters of each type, and the values that the device receives. */
@Conformance
class TransactionTypesConformanceTest {
    static final List<String> BAD_AMOUNTS = List.of(
            "",
            "0",
            "000",
            "-500",
            "+500",
            "5.00",
            "5,00",
            " 500",
            "5 00",
            "1e3",
            "0x10",
            "abc",
            "1000000000",
            "\u0665");

    private static final Map<String, String> AMOUNT_TOTAL = Map.of("AmountTotal", "1500");

    private final TargetSystem cloud;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();

    TransactionTypesConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.CARD_PURCHASE)
    void cardPurchase() throws Exception {
        assertTakes("Card.Purchase", AMOUNT_TOTAL);
    }

    @Proves(Row.CARD_PURCHASE_PLUS_CASH)
    void cardPurchasePlusCash() throws Exception {
        Map<String, String> amounts = Map.of("AmountTotal", "1500", "AmountCash", "500");
        VirtualRegister register = cloud.register();
        for (String tooMuch : List.of("1500", "1501")) {
            Map<String, String> parameters = register.transaction("Card.PurchasePlusCash", amounts);
            parameters.put("AmountCash", tooMuch);
            assertNames(register.start(parameters), "AmountCash");
        }
        assertTakes("Card.PurchasePlusCash", amounts);
        assertThat(offers.element().amountCash()).isEqualTo(500);
    }

    @Proves(Row.CARD_CASH_ADVANCE)
    void cardCashAdvance() throws Exception {
        assertTakes("Card.CashAdvance", AMOUNT_TOTAL);
    }

    @Proves(Row.CARD_REFUND)
    void cardRefund() throws Exception {
        assertTakes("Card.Refund", AMOUNT_TOTAL);
    }

    @Proves(Row.CARD_AUTHORISE)
    void cardAuthorise() throws Exception {
        assertTakes("Card.Authorise", Map.of("AmountAuth", "1500"));
        assertThat(offers.element().amountAuth()).isEqualTo(1500);
        assertRuns("Card.Authorise", Map.of("AmountAuth", "1500", "TransactionReference", "R-1"));
        assertThat(offers).last().matches(offer -> "R-1".equals(offer.transactionReference()));
    }

    @Proves(Row.CARD_FINALISE)
    void cardFinalise() throws Exception {
        VirtualRegister register = cloud.register();
        Map<String, String> parameters = register.transaction("Card.Finalise", Map.of("AmountFinal", "1500"));
        assertNames(register.start(parameters), "TransactionReference");
        parameters.put("TransactionReference", "");
        assertNames(register.start(parameters), "TransactionReference");
        assertTakes("Card.Finalise", Map.of("AmountFinal", "1500", "TransactionReference", "R-1"));
        assertThat(offers.element().amountFinal()).isEqualTo(1500);
        assertThat(offers.element().transactionReference()).isEqualTo("R-1");
    }

    @Proves(Row.QR_MERCHANT_PURCHASE)
    void qrMerchantPurchase() throws Exception {
        assertTakes("QR.Merchant.Purchase", AMOUNT_TOTAL);
    }

    @Proves(Row.QR_CONSUMER_PURCHASE)
    void qrConsumerPurchase() throws Exception {
        assertTakes("QR.Consumer.Purchase", AMOUNT_TOTAL);
    }

    @Proves(Row.QR_REFUND)
    void qrRefund() throws Exception {
        assertTakes("QR.Refund", AMOUNT_TOTAL);
    }

    @Proves(Row.ACQUIRER_LOGON)
    void acquirerLogon() throws Exception {
        assertTakes("Acquirer.Logon", Map.of());
    }

    @Proves(Row.ACQUIRER_SETTLEMENT_INQUIRY)
    void acquirerSettlementInquiry() throws Exception {
        assertTakes("Acquirer.Settlement.Inquiry", Map.of());
        assertRuns("Acquirer.Settlement.Inquiry", Map.of("Date", "20260131"));
        assertThat(offers).last().matches(offer -> "20260131".equals(offer.date()));
    }

    @Proves(Row.ACQUIRER_SETTLEMENT_CUTOVER)
    void acquirerSettlementCutover() throws Exception {
        assertTakes("Acquirer.Settlement.Cutover", Map.of());
    }

    @Proves(Row.JOURNAL_REPRINT_RECEIPT)
    void journalReprintReceipt() throws Exception {
        assertTakes("Journal.ReprintReceipt", Map.of());
    }

    @Proves(Row.JOURNAL_GET_TRANS_RESULT)
    void journalGetTransResult() throws Exception {
        assertTakes("Journal.GetTransResult", Map.of());
    }

    @Proves(Row.TERMINAL_GET_STATUS)
    void terminalGetStatus() throws Exception {
        assertTakes("Terminal.GetStatus", Map.of());
    }

    @Proves(Row.TERMINAL_READ_CARD)
    void terminalReadCard() throws Exception {
        assertTakes("Terminal.ReadCard", Map.of());
    }

    /** Without an amount the error names it, and with all of them the transaction runs. */
    private void assertTakes(String type, Map<String, String> parameters) throws Exception {
        VirtualRegister register = cloud.register();
        parameters.keySet().stream().filter(name -> name.startsWith("Amount")).forEach(name -> {
            Map<String, String> changed = register.transaction(type, parameters);
            for (String bad : BAD_AMOUNTS) {
                changed.put(name, bad);
                assertNames(register.start(changed), name);
            }
            changed.remove(name);
            assertNames(register.start(changed), name);
        });
        assertRuns(type, parameters);
    }

    private void assertRuns(String type, Map<String, String> parameters) throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(this::noteOffer))) {
            VirtualRegister register = shop.register();

            PolledTransaction payment = PolledTransaction.start(register, register.transaction(type, parameters));

            assertStarted(payment.started());
            Answer completed = payment.awaitCompleted(TIMEOUT);
            Expected.assertEnvelope(completed, "COMPLETED");
            for (Answer answer : List.of(payment.started(), completed)) {
                assertThat(answer.data("Function")).isEqualTo(type);
                parameters.forEach((name, value) -> {
                    if (name.startsWith("Amount")) {
                        assertThat(answer.data(name)).as(name).isEqualTo(value);
                    }
                });
            }
            assertThat(shop.ran()).containsExactly(payment.id());
            assertThat(offers).last().matches(offer -> offer.function().equals(type));
        }
    }

    private Behaviour noteOffer(Offer offer) {
        offers.add(offer);
        return Behaviour.of(Ending.APPROVE);
    }
}
