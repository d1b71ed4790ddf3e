package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.PairingConfirmation.RegisterUnpairRequested;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A register that ends its pairing: {@code DELETE /POS/Pairing} (POS API, section 10). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class UnpairingTest {
    @Inject
    TestFixtures shop;

    @Inject
    KafkaTestClient kafkaClient;

    @Test
    void registerIsUnpairedWhenItsPairingHasEnded() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        CompletableFuture<Answer> answer =
                register.unpairsAsync(register.pairingToken().text());
        awaitRequests(register, 1);
        assertThat(answer).isNotDone();
        device.unpairedFrom(register, 2, 2);

        assertSuccess(answer.join());
        assertThat(requestsOf(register))
                .containsExactly(new RegisterUnpairRequested(register.vendor(), register.id(), device.id(), 1));
    }

    @Test
    void nothingStartsFromTheRequestOn() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        CompletableFuture<Answer> answer =
                register.unpairsAsync(register.pairingToken().text());
        awaitRequests(register, 1);

        assertThat(register.pays(500).error())
                .isEqualTo("This register is not paired to a device, please pair it first.");
        device.unpairedFrom(register, 2, 2);
        assertSuccess(answer.join());
    }

    /** A start that has found the pairing before the request, and is stored after it. */
    @Test
    void claimUnderAnEndingPairingIsRefused() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer started = register.pays(500);
        shop.execute(
                "update pairing set ending_number = pairing_number where register_id = $1", Tuple.of(register.id()));

        device.claims(started.transactionId());

        device.awaitCommand(
                RefuseStart.class, refusal -> refusal.transactionId().equals(started.transactionId()));
        assertThat(device.commands(GrantStart.class, grant -> true)).isEmpty();
    }

    @Test
    void repetitionSucceeds() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        device.unpairedFrom(register, 2, 2);
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 2", Tuple.of(register.id())) == 1);

        assertSuccess(register.unpairs(register.pairingToken().text()));
        assertSuccess(register.unpairs(register.pairingToken().text()));
        assertThat(requestsOf(register)).isEmpty();
    }

    @Test
    void busyRegisterStaysPaired() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Answer queued = register.pays(500);

        assertBusy(register.unpairs(register.pairingToken().text()));
        device.starts(queued.transactionId());
        assertBusy(register.unpairs(register.pairingToken().text()));
        device.finishes(queued.transactionId(), approved(500));

        register.awaitsEnd(queued);
        assertThat(requestsOf(register)).isEmpty();
        assertThat(register.pays(500).status()).isEqualTo(200);
    }

    @Test
    void otherClientCannotUnpair() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);

        Answer withoutToken = register.sends(register.request("/POS/Pairing?" + FormBody.encode(register.names()))
                .DELETE());

        assertRejected(withoutToken, "Pairing-Token is missing");
        assertRejected(register.unpairs("guessed"), "Invalid pairing token");
        assertRejected(shop.register().unpairs("guessed"), "Invalid pairing token");
        assertThat(register.pays(500).status()).isEqualTo(200);
    }

    @Test
    void pairingThatDoesNotEndInTimeIsUnavailableAndTheRepetitionRequestsItAgain() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        Answer first = register.unpairs(register.pairingToken().text());
        CompletableFuture<Answer> second =
                register.unpairsAsync(register.pairingToken().text());
        awaitRequests(register, 2);
        device.unpairedFrom(register, 2, 2);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.error()).isEqualTo("Unpairing is temporarily unavailable. Try again");
        assertSuccess(second.join());
    }

    @Test
    void replacedDeviceIsUnpairedToo() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);
        FakeDevice replacement = shop.device();

        CompletableFuture<Answer> answer =
                register.unpairsAsync(register.pairingToken().text());
        awaitRequests(register, 1);
        replacement.pairedWith(register, 2, 1);
        awaitRequests(register, 2);
        replacement.unpairedFrom(register, 3, 2);

        assertSuccess(answer.join());
        assertThat(requestsOf(register))
                .last()
                .isEqualTo(new RegisterUnpairRequested(register.vendor(), register.id(), replacement.id(), 1));
    }

    @Test
    void namesMayBeInTheBody() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        device.unpairedFrom(register, 2, 2);
        awaitTrue(() -> shop.count("pairing where register_id = $1 and version = 2", Tuple.of(register.id())) == 1);

        Answer answer = register.sends(register.request("/pos/PAIRING/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("pairing-token", register.pairingToken().text())
                .method("DELETE", BodyPublishers.ofString(FormBody.encode(register.names()))));

        assertSuccess(answer);
    }

    private void awaitRequests(FakeRegister register, int count) {
        awaitTrue(() -> requestsOf(register).size() >= count);
    }

    private List<RegisterUnpairRequested> requestsOf(FakeRegister register) {
        return kafkaClient.events(RegisterUnpairRequested.class).stream()
                .filter(request -> request.registerId().equals(register.id()))
                .toList();
    }

    private static void assertSuccess(Answer answer) {
        assertThat(answer.body()).hasToString("{\"result\":\"success\"}");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static void assertBusy(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isEqualTo("device is busy");
    }

    private static void assertRejected(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo(error);
    }
}
