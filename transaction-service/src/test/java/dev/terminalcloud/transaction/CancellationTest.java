package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;
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
        assertThat(cancelled.data("Cancellation")).isEqualTo("DONE");
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
        assertThat(asked.data("Cancellation")).isEqualTo("REQUESTED");
        assertThat(version(asked)).isEqualTo(3);
        device.awaitCommand(
                CancelTransaction.class, command -> command.transactionId().equals(started.transactionId()));

        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(register.polls(started).data("TransactionResult")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("TOO-LATE");
    }

    @Test
    void deviceThatStopsIsDone() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        register.cancels(started);

        device.finishes(started.transactionId(), stopped());

        awaitTrue(() -> "CANCELLED".equals(register.polls(started).data("Result")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("DONE");
    }

    @Test
    void deviceThatCanNotStopIsTooLateAndItsResultFollows() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        Answer asked = register.cancels(started);

        device.canNotStop(started.transactionId());
        device.canNotStop(started.transactionId());
        awaitCancellation(register, started, "TOO-LATE");
        assertThat(version(register.polls(started))).isEqualTo(version(asked) + 1);
        assertThat(register.cancels(started).data("Cancellation")).isEqualTo("TOO-LATE");

        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(register.polls(started).data("TransactionResult")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("TOO-LATE");
    }

    @Test
    void unresponsiveDeviceIsShownAndMayBeAskedAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        Answer asked = register.cancels(started);

        awaitCancellation(register, started, "UNANSWERED");
        Answer unanswered = register.polls(started);
        assertThat(version(unanswered)).isEqualTo(version(asked) + 1);
        assertThat(unanswered.body().path("transactionStatus").asText()).isEqualTo("PENDING");

        assertThat(register.cancels(started).data("Cancellation")).isEqualTo("REQUESTED");
        device.canNotStop(started.transactionId());
        awaitCancellation(register, started, "TOO-LATE");
    }

    @Test
    void tooLateStaysAndTheDeviceIsNotAskedAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        register.cancels(started);
        device.canNotStop(started.transactionId());
        awaitCancellation(register, started, "TOO-LATE");

        assertThat(register.cancels(started).data("Cancellation")).isEqualTo("TOO-LATE");
        device.finishes(started.transactionId(), stopped());

        awaitTrue(() -> "CANCELLED".equals(register.polls(started).data("Result")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("TOO-LATE");
        assertThat(register.cancels(started).data("Cancellation")).isEqualTo("TOO-LATE");
        device.claims(started.transactionId());
        device.awaitCommand(
                RefuseStart.class, command -> command.transactionId().equals(started.transactionId()));
        assertThat(device.commands(CancelTransaction.class, command -> command.transactionId()
                        .equals(started.transactionId())))
                .hasSize(1);
    }

    @Test
    void lateAnswerDoesNotChangeThatThereWasNone() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        register.cancels(started);
        awaitCancellation(register, started, "UNANSWERED");
        long version = version(register.polls(started));

        device.canNotStop(started.transactionId());
        device.shows(started.transactionId(), "ENTER PIN");
        awaitTrue(() -> "ENTER PIN".equals(register.polls(started).data("Prompt")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("UNANSWERED");
        assertThat(version(register.polls(started))).isEqualTo(version + 1);

        device.finishes(started.transactionId(), stopped());
        awaitTrue(() -> "CANCELLED".equals(register.polls(started).data("Result")));
        assertThat(register.polls(started).data("Cancellation")).isEqualTo("UNANSWERED");
    }

    @Test
    void unrequestedAnswerChangesNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());

        device.canNotStop(started.transactionId());
        device.shows(started.transactionId(), "ENTER PIN");

        awaitTrue(() -> "ENTER PIN".equals(register.polls(started).data("Prompt")));
        assertThat(register.polls(started).data("Cancellation")).isNull();
        assertThat(version(register.polls(started))).isEqualTo(3);
    }

    @Test
    void waitingPollIsAnsweredByTheCancellation() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        CompletableFuture<Answer> poll = register.pollsAsync(started, "&wait=50&version=2");

        register.cancels(started);

        assertThat(poll.join().data("Cancellation")).isEqualTo("REQUESTED");
    }

    @Test
    void repetitionChangesNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());

        assertThat(register.cancels(started)).isEqualTo(register.cancels(started));
    }

    @Test
    void completedTransactionIsUnchanged() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        awaitTrue(() -> "OK-ACCEPTED".equals(register.polls(started).data("TransactionResult")));

        Answer before = register.polls(started);
        Answer late = register.cancels(started);

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.data("Cancellation")).isEqualTo("TOO-LATE");
        assertThat(late.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(register.polls(started)).isEqualTo(before);
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

    private static DeviceReport stopped() {
        return FakeDevice.report(TransactionResult.CANCELLED, Result.CANCELLED, null, null, null, null);
    }

    private static void awaitCancellation(FakeRegister register, Answer started, String status) {
        awaitTrue(() -> status.equals(register.polls(started).data("Cancellation")));
    }

    private static long version(Answer answer) {
        return answer.body().path("version").asLong();
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
