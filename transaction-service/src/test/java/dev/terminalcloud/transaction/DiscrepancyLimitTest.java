package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageRejected;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Limits of the events that can't be applied, for each device. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
@TestProfile(DiscrepancyLimitTest.LowLimitsProfile.class)
class DiscrepancyLimitTest {
    private static final int MAX_UNRELATED = 3;
    private static final int MAX = 5;

    public static final class LowLimitsProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "transaction.discrepancies.max-unrelated-per-hour",
                    Integer.toString(MAX_UNRELATED),
                    "transaction.discrepancies.max-per-hour",
                    Integer.toString(MAX));
        }
    }

    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry meters;

    @Test
    void unknownTransactionsBeyondTheLimitAreCountedAndNotStored() {
        double before = notStored("unknown_transaction");
        FakeDevice flooding = shop.device().connected();
        FakeDevice other = shop.device().connected();
        UUID unknownToo = UUID.randomUUID();

        for (int i = 0; i < 4 * MAX_UNRELATED; i++) {
            flooding.finishes(UUID.randomUUID(), approved(1));
        }
        other.finishes(unknownToo, approved(1));

        awaitTrue(() -> notStored("unknown_transaction") == before + 3 * MAX_UNRELATED);
        assertThat(stored(flooding, "UNKNOWN_TRANSACTION")).isEqualTo(MAX_UNRELATED);
        awaitTrue(() -> stored(other, "UNKNOWN_TRANSACTION") == 1);
    }

    @Test
    void unknownTransactionsLeaveRoomForWhatMayConcernMoney() {
        StuckPurchase stuck = StuckPurchase.running(shop);
        for (int i = 0; i < 2 * MAX_UNRELATED; i++) {
            stuck.device().claims(UUID.randomUUID());
        }
        double before = notStored("rejected_message");

        for (int i = 0; i < 2 * MAX; i++) {
            stuck.device().send(rejected(stuck, "reason " + i));
        }

        awaitTrue(() -> notStored("rejected_message") == before + MAX);
        assertThat(stored(stuck.device(), "REJECTED_MESSAGE")).isEqualTo(MAX);
        assertThat(stored(stuck.device(), "UNKNOWN_TRANSACTION")).isEqualTo(MAX_UNRELATED);
    }

    @Test
    void repeatedEventDoesNotCount() {
        FakeDevice device = shop.device().connected();
        UUID unknown = UUID.randomUUID();
        double before = notStored("unknown_transaction");

        for (int i = 0; i < 2 * MAX_UNRELATED; i++) {
            device.claims(unknown);
        }
        UUID last = UUID.randomUUID();
        device.claims(last);

        awaitTrue(() -> shop.count("discrepancy where transaction_id = $1", Tuple.of(last)) == 1);
        assertThat(stored(device, "UNKNOWN_TRANSACTION")).isEqualTo(2);
        assertThat(notStored("unknown_transaction")).isEqualTo(before);
    }

    private static DeviceMessageRejected rejected(StuckPurchase stuck, String reason) {
        return new DeviceMessageRejected(
                stuck.device().id(), stuck.device().session(), stuck.id(), "transaction-progress", reason, "{}");
    }

    private long stored(FakeDevice device, String reason) {
        return shop.count("discrepancy where device_id = $1 and reason = $2", Tuple.of(device.id(), reason));
    }

    private double notStored(String reason) {
        return meters.counter("transaction.discrepancies.not.stored", "reason", reason)
                .count();
    }
}
