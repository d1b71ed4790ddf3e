package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.NOT_PAIRED;
import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Expected.assertRefused;
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
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Section 3: the common parameters of a start. */
@Conformance
class StartParametersConformanceTest {
    private static final List<String> NAMES = List.of("POSRegisterID", "POSBusinessName", "POSVendorName");

    private final TargetSystem cloud;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();

    StartParametersConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.NAMES_MANDATORY)
    void eachNameIsMandatory() {
        VirtualRegister register = cloud.register();
        for (String name : NAMES) {
            Map<String, String> without = register.purchase(500);
            without.remove(name);
            assertNames(register.start(without), name);
            assertNames(register.renamed(name, "").startPurchase(500), name);
        }
    }

    @Proves(Row.NAMES_EXACT)
    void namesAreComparedExactly() throws Exception {
        cloud.requireOriginalVendor();
        try (Shop shop = cloud.unpaired()) {
            VirtualRegister register = shop.register()
                    .renamed("POSRegisterID", "Till-" + shop.register().names().get("POSRegisterID"));
            Answer paired = register.pair(shop.pairingCode());
            assertThat(paired.status()).as(paired.toString()).isEqualTo(200);
            for (String name : NAMES) {
                String value = register.names().get(name);
                for (String other : List.of(value.toUpperCase(Locale.ROOT), value + " ", " " + value)) {
                    assertRefused(register.renamed(name, other).startPurchase(500), 400, NOT_PAIRED);
                }
            }
            assertThat(shop.ran()).isEmpty();
        }
    }

    @Proves(Row.TRANSACTION_MODE)
    void asyncIsAnsweredBeforeTheEnd() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(Waits::untilEnded))) {
            PolledTransaction payment = PolledTransaction.start(shop.register(), 500);
            assertStarted(payment.started());
            Waits.awaitRunning(shop, payment);
            shop.device().endPayment(Ending.APPROVE);
            payment.awaitCompleted(TIMEOUT);

            Map<String, String> other = shop.register().purchase(500);
            other.put("TransactionMode", "LATER");
            assertNames(shop.register().start(other), "TransactionMode");
        }
    }

    @Proves(Row.TRANSACTION_TYPE)
    void typeMustBeOneOfTheTable() {
        VirtualRegister register = cloud.register();
        Map<String, String> parameters = register.purchase(500);
        for (String type : List.of("", "Purchase", "Card.Unknown", "QR.Purchase")) {
            parameters.put("TransactionType", type);
            assertNames(register.start(parameters), "TransactionType");
        }
        parameters.remove("TransactionType");
        assertNames(register.start(parameters), "TransactionType");
    }

    @Proves(Row.SALE_DATA)
    void saleDataReachesTheDeviceAndComesBack() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(this::noteOffer))) {
            String saleData = SaleDocuments.complete();
            Map<String, String> purchase = shop.register().purchase(500);
            purchase.put("SaleData", saleData);

            Answer completed =
                    PolledTransaction.start(shop.register(), purchase).awaitCompleted(TIMEOUT);

            assertThat(completed.data("SaleData")).isEqualTo(saleData);
            assertThat(offers).hasSize(1).allMatch(offer -> saleData.equals(offer.saleData()));
            Answer without = PolledTransaction.start(shop.register(), 500).awaitCompleted(TIMEOUT);
            assertThat(without.data("SaleData")).isNull();
        }
    }

    @Proves(Row.CALLBACK_URL)
    void callbackUrlIsAbsoluteHttp() throws Exception {
        try (Shop shop = cloud.paired()) {
            Map<String, String> purchase = shop.register().purchase(500);
            for (String bad : List.of(
                    "/relative",
                    "till.example/x",
                    "ftp://till.example/",
                    "http://",
                    "http://a b/",
                    "nonsense",
                    "http://till.example:0/",
                    "http://till.example:65536/",
                    "http://till.example:/",
                    "http://till@till.example/",
                    "http://127.1/",
                    "http://0x7f.0.0.1/",
                    "http://[fe80::1%25eth0]/")) {
                purchase.put("PosNotificationCallbackUrl", bad);
                assertNames(shop.register().start(purchase), "PosNotificationCallbackUrl");
            }
            for (String good : List.of(
                    "http://till.invalid:8080/a?b=c",
                    "https://till.invalid",
                    "http://pos_server.invalid:8080/cb",
                    "http://till.invalid/kasse 1/zürich?für=50%",
                    "http://bücher.invalid/",
                    "")) {
                purchase.put("PosNotificationCallbackUrl", good);
                PolledTransaction.start(shop.register(), purchase).awaitCompleted(TIMEOUT);
            }
        }
    }

    @Proves(Row.AMOUNTS)
    void amountsAreWholeCents() throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.ending(Ending.APPROVE))) {
            VirtualRegister register = shop.register();
            Map<String, String> refund = register.transaction("Card.Refund", Map.of());
            for (String bad : TransactionTypesConformanceTest.BAD_AMOUNTS) {
                refund.put("AmountTotal", bad);
                assertNames(register.start(refund), "AmountTotal");
            }
            assertThat(shop.ran()).isEmpty();
            for (long good : new long[] {1, 999_999_999}) {
                Answer completed = PolledTransaction.start(register, good).awaitCompleted(TIMEOUT);
                assertThat(completed.data("AmountTotal")).isEqualTo(Long.toString(good));
            }
        }
    }

    private Behaviour noteOffer(Offer offer) {
        offers.add(offer);
        return Behaviour.of(Ending.APPROVE);
    }
}
