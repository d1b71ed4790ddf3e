package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A replica hangs in the middle of a database transaction, as on a paused machine. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class LockedDeviceTest {
    private static final int UNTIL_IT_WOULD_EXPIRE_SECONDS = 15;

    @Inject
    TestFixtures shop;

    @Test
    void locksOfAHungReplicaAreReleased() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        Answer answer = shop.whileALockIsHeldOn(device, () -> CompletableFuture.supplyAsync(() -> register.pays(500))
                .orTimeout(UNTIL_IT_WOULD_EXPIRE_SECONDS, TimeUnit.SECONDS)
                .join());

        assertThat(answer.status()).isEqualTo(200);
    }
}
