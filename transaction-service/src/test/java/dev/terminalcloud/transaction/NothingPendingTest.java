package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.transaction.timers.NothingPending;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The jobs for open transactions rest without one, and run again from the moment in which one is started. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class NothingPendingTest {
    @Inject
    TestFixtures shop;

    @Inject
    NothingPending nothingPending;

    @Test
    void jobsRestExactlyWhileNothingIsPending() {
        removeWhatOtherTestsLeft();
        awaitTrue(this::jobsRest);

        FakeRegister register = shop.register();
        FakeDevice device = shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        assertThat(jobsRest()).isFalse();

        device.connected();
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), FakeDevice.approved(500));

        awaitTrue(this::jobsRest);
        assertThat(shop.count("transaction where phase <> 'COMPLETED'", Tuple.tuple()))
                .isZero();
    }

    private boolean jobsRest() {
        return nothingPending.test(null);
    }

    private void removeWhatOtherTestsLeft() {
        shop.execute("delete from callback", Tuple.tuple());
        shop.execute("delete from transaction where phase <> 'COMPLETED'", Tuple.tuple());
    }
}
