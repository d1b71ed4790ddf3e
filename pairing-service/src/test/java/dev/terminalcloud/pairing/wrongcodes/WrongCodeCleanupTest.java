package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WrongCodeCleanupTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Inject
    WrongCodeCleanup forgotten;

    @Test
    void expiredWrongCodesAreDeleted() {
        String address = world.address();
        wrongCode(address, "counts for nothing", "61 minutes", "-1 minutes");
        wrongCode(address, "counts for its address", "59 minutes", "-54 minutes");
        wrongCode(address, "counts for its register", "61 minutes", "1 minute");

        forgotten.deleteExpired().await().atMost(Duration.ofSeconds(60));

        assertThat(database.query("select register_id from wrong_code where address = ?", address))
                .containsExactlyInAnyOrder("counts for its address", "counts for its register");
    }

    private void wrongCode(String address, String register, String age, String untilRestored) {
        database.update(
                """
                insert into wrong_code (address, vendor_name, register_id, attempted_at, replenished_at)
                values (?, 'vendor', ?, now() - cast(? as interval), now() + cast(? as interval))
                """,
                address,
                register,
                age,
                untilRestored);
    }
}
