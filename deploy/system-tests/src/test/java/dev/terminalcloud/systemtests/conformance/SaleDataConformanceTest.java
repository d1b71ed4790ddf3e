package dev.terminalcloud.systemtests.conformance;

import static dev.terminalcloud.systemtests.conformance.Expected.assertNames;
import static dev.terminalcloud.systemtests.conformance.Waits.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.PolledTransaction;
import dev.terminalcloud.systemtests.Shop;
import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Section 7: sale data. */
@Conformance
class SaleDataConformanceTest {
    private final TargetSystem cloud;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();

    SaleDataConformanceTest(TargetSystem cloud) {
        this.cloud = cloud;
    }

    @Proves(Row.FULL_SALE)
    void completeDocumentIsHandedThrough() throws Exception {
        assertHandedThrough(SaleDocuments.complete());
    }

    @Proves(Row.NOT_JSON)
    void saleDataThatIsNotJsonIsRejected() {
        Map<String, String> purchase = cloud.register().purchase(500);
        for (String bad : List.of("sale", "{", "{\"version\":\"1.0.0\"", "{'version':'1.0.0'}", "<sale/>")) {
            purchase.put("SaleData", bad);
            assertNames(cloud.register().start(purchase), "SaleData");
        }
    }

    @Proves(Row.MISSING_MEMBERS)
    void missingMembersAreAccepted() throws Exception {
        assertHandedThrough("{}");
        assertHandedThrough("{\"version\":\"1.0.0\",\"saleData\":{}}");
        assertHandedThrough("{ \"saleData\" : {\"lineItems\":[{\"productName\":\"Tea\"}], \"extra\": null} }");
    }

    private void assertHandedThrough(String saleData) throws Exception {
        try (Shop shop = cloud.paired(builder -> builder.behaviour(this::noteOffer))) {
            Map<String, String> purchase = shop.register().purchase(500);
            purchase.put("SaleData", saleData);

            PolledTransaction payment = PolledTransaction.start(shop.register(), purchase);

            assertThat(payment.awaitCompleted(TIMEOUT).data("SaleData")).isEqualTo(saleData);
            assertThat(offers).last().matches(offer -> saleData.equals(offer.saleData()));
        }
    }

    private Behaviour noteOffer(Offer offer) {
        offers.add(offer);
        return Behaviour.of(Ending.APPROVE);
    }
}
