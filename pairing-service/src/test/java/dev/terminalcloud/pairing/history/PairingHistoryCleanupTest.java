package dev.terminalcloud.pairing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PairingHistoryCleanupTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    PairingHistoryCleanup cleanup;

    @Test
    void pairingsAreDeletedHalfAYearAfterTheirEndAndCurrentOnesStay() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        for (int i = 0; i < 3; i++) {
            register.pair(device.freshCode());
        }
        database.update(
                "update pairing_history set started_at = now() - interval '1 year' where device_id = ?", device.id());
        endedBefore(device, 1, "181 days");
        endedBefore(device, 2, "179 days");

        cleanup.deleteExpired().await().atMost(Duration.ofSeconds(60));

        assertThat(database.query(
                        "select pairing_number from pairing_history where device_id = ? order by id", device.id()))
                .containsExactly(2L, 3L);
    }

    @Test
    void retentionOfLessThanADayIsNotAllowed() {
        assertThatCode(() -> start("24h")).doesNotThrowAnyException();
        assertThatThrownBy(() -> start("23h"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pairing.history.retention must be at least 1 day, was PT23H");
    }

    private static void start(String retention) {
        new PairingHistoryCleanup(null, Configurations.of(Map.of("pairing.history.retention", retention)));
    }

    private void endedBefore(FakeDevice device, long pairingNumber, String age) {
        int moved = database.update(
                "update pairing_history set ended_at = now() - cast(? as interval) where device_id = ? and pairing_number = ?",
                age,
                device.id(),
                pairingNumber);
        assertThat(moved).isEqualTo(1);
    }
}
