package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.transaction.FakeRegister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** Cancellation by the register. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class CancellationTest {
    @Inject
    TestFixtures shop;

    @Test
    void unclaimedTransactionIsCancelledAtOnce() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);

        Answer cancelled = register.cancels(started);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().path("transactionStatus").asText()).isEqualTo("COMPLETED");
        assertThat(cancelled.data("TransactionResult")).isEqualTo("CANCELLED");
        assertThat(cancelled.data("Result")).isEqualTo("CANCELLED");
        assertThat(register.polls(started)).isEqualTo(cancelled);

        device.awaitCommand(
                CancelTransaction.class, command -> command.transactionId().equals(started.transactionId()));
        device.claims(started.transactionId());
        device.awaitCommand(
                RefuseStart.class, command -> command.transactionId().equals(started.transactionId()));
        assertThat(device.commands(
                        GrantStart.class, command -> command.transactionId().equals(started.transactionId())))
                .isEmpty();
        assertThat(register.polls(started)).isEqualTo(cancelled);
    }

    @Test
    void startedTransactionIsEndedByItsDevice() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());

        Answer asked = register.cancels(started);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body().path("transactionStatus").asText()).isEqualTo("PENDING");
        assertThat(asked.data("TransactionResult")).isNull();
        device.awaitCommand(
                CancelTransaction.class, command -> command.transactionId().equals(started.transactionId()));

        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(register.polls(started).data("TransactionResult")));
    }

    @Test
    void completedTransactionIsUnchanged() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(register.polls(started).data("TransactionResult")));

        assertThat(register.cancels(started)).isEqualTo(register.polls(started));
    }

    @Test
    void wrongTokenCancelsNothing() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer refused = register.sends(
                register.request("/pos/transaction/" + started.transactionId() + "/cancel?merchantAccessToken=wrong")
                        .POST(BodyPublishers.noBody()));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("Invalid token");
        assertThat(register.polls(started).body().path("transactionStatus").asText())
                .isEqualTo("PENDING");
    }

    @Test
    void tokenMayBeInTheBody() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        Answer cancelled = register.sends(register.request("/POS/TRANSACTION/" + started.transactionId() + "/Cancel/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("MERCHANTACCESSTOKEN=" + started.token())));
        assertThat(cancelled.data("Result")).isEqualTo("CANCELLED");
    }
}
