package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A transaction that this release can't read, since a newer one has stored it. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class UnreadableTransactionTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @Test
    void deadlinesOfTheOthersAreApplied() {
        UUID unreadable = StuckPurchase.queued(shop).id();
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);
        double before = failures();
        try {
            shop.execute(
                    "update transaction set function = 'Card.OfANewerRelease', expires_at = now() where id = $1",
                    Tuple.of(unreadable));
            awaitTrue(() -> failures() > before);

            shop.letExpire(started.transactionId());

            awaitTrue(() -> "FAILED-INTERFACE".equals(register.polls(started).data("Result")));
            assertThat(shop.count("transaction where id = $1 and phase = 'QUEUED'", Tuple.of(unreadable)))
                    .isEqualTo(1);
        } finally {
            shop.execute("delete from transaction where id = $1", Tuple.of(unreadable));
        }
    }

    private double failures() {
        return metrics.get("transaction.sweep.failures").counter().count();
    }
}
