package dev.terminalcloud.pairing.codes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpiredCodeCleanupTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    ExpiredCodeCleanup expired;

    @Test
    void codesAreRemovedADayAfterTheyExpired() {
        FakeDevice device = world.device().hello();
        String old = expired(device.freshCode(), "25 hours");
        String recent = expired(device.freshCode(), "23 hours");
        String live = device.freshCode();

        expired.deleteExpired().await().atMost(Duration.ofSeconds(60));

        assertThat(database.query("select code from pairing_code where device_id = ? order by expires_at", device.id()))
                .containsExactly(recent, live)
                .doesNotContain(old);
    }

    private String expired(String code, String age) {
        database.update("update pairing_code set expires_at = now() - cast(? as interval) where code = ?", age, code);
        return code;
    }
}
