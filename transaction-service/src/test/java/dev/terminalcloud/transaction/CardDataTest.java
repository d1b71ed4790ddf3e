package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Card numbers in the request of a POS: neither stored, nor sent to the device, nor returned. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class CardDataTest {
    private static final String CARD = "4111111111111111";
    private static final String SALE =
            "{\"version\":\"1.0.0\",\"saleData\":{\"userName\":\"%s\",\"customerId\":%s}}".formatted(CARD, CARD);
    private static final String MASKED_SALE =
            "{\"version\":\"1.0.0\",\"saleData\":{\"userName\":\"************1111\",\"customerId\":\"************1111\"}}";

    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void cardNumberIsMaskedWhereverItGoes() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> request = register.purchase(500);
        request.put("TransactionReference", "ref 4111 1111 1111 1111");
        request.put("SaleData", SALE);
        double before = count("sale_data", "masked");

        Answer started = register.posts(request);
        StuckPurchase paid = new StuckPurchase(shop, register, device, started);
        device.starts(paid.id());
        device.finishes(
                paid.id(), FakeDevice.report(TransactionResult.OK_ACCEPTED, Result.OK, 500L, null, null, "VISA"));
        awaitTrue(() -> "OK".equals(paid.polled().data("Result")));

        assertThat(paid.polled().data("SaleData")).isEqualTo(MASKED_SALE);
        assertThat(device.commands(
                        OfferTransaction.class, offer -> offer.transactionId().equals(paid.id())))
                .isNotEmpty()
                .allSatisfy(offer -> {
                    assertThat(offer.saleData()).isEqualTo(MASKED_SALE);
                    assertThat(offer.transactionReference()).isEqualTo("ref **** **** **** 1111");
                    assertThat(EventCodec.encode(offer)).doesNotContain(CARD, "4111 1111");
                });
        assertThat(shop.count(
                        "transaction t where id = $1 and cast(t as text) similar to $2",
                        Tuple.of(paid.id(), "%(4111111111111111|4111 1111)%")))
                .isZero();
        assertThat(count("sale_data", "masked")).isEqualTo(before + 1);
    }

    @Test
    void registerWhoseIdPassesForACardNumberPaysAsBefore() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        String id = CARD + "-" + register.id();
        shop.execute("update pairing set register_id = $2 where register_id = $1", Tuple.of(register.id(), id));
        Map<String, String> request = register.purchase(500);
        request.put("POSRegisterID", id);
        double before = count("register_id", "kept");

        Answer started = register.posts(request);

        assertThat(started.status()).isEqualTo(200);
        assertThat(started.data("PosRegisterID")).isEqualTo(id);
        assertThat(started.data("DeviceID")).isEqualTo(device.id());
        assertThat(count("register_id", "kept")).isEqualTo(before + 1);
    }

    private double count(String member, String action) {
        return metrics.get("pos.card.data")
                .tags("member", member, "action", action)
                .counter()
                .count();
    }
}
