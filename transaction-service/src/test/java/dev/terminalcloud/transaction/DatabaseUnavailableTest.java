package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The database is unavailable for a while. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DatabaseUnavailableTest {
    @Inject
    TestFixtures shop;

    @Test
    void startForWhichThePairingCanNotBeReadIsRefusedForCertain() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);

        Answer answer = shop.whileThePoolIsExhausted("pairing", () -> register.pays(500));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error()).contains("Nothing was started");
        assertThat(register.pays(500).status()).isEqualTo(200);
    }
}
