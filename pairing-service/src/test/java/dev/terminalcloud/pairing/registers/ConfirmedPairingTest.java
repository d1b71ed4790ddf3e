package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.FakeTransactionService;
import dev.terminalcloud.pairing.KafkaJournal;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pairings and unpairings are answered after their confirmation: from then on starts go by them. */
@QuarkusTest
class ConfirmedPairingTest {
    private static final String UNAVAILABLE =
            "{\"error\":\"Pairing is temporarily unavailable. Try again with the same code\"}";

    @Inject
    TestFixtures world;

    @Inject
    FakeTransactionService transactionService;

    @Inject
    KafkaJournal kafka;

    @Inject
    Database database;

    @Test
    void answerWaitsForTheConfirmation() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();

        CompletableFuture<HttpResponse<String>> answer = transactionService.whileSuspended(() -> {
            CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(() -> register.pair(code));
            register.event(1);
            device.command(1, TellPaired.class);
            assertThat(asked).isNotDone();
            return asked;
        });

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(confirmedVersion(register)).isEqualTo(1);
    }

    @Test
    void unconfirmedPairingIsAnsweredWith503AndItsRepetitionWith200() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();

        HttpResponse<String> unconfirmed = transactionService.whileSuspended(() -> register.pair(code));
        HttpResponse<String> repeated = register.pair(code);

        assertThat(unconfirmed.statusCode()).isEqualTo(503);
        assertThat(unconfirmed.headers().firstValue("Retry-After")).contains("2");
        assertThat(unconfirmed.headers().firstValue("Pairing-Token")).isEmpty();
        assertThat(unconfirmed.body()).isEqualTo(UNAVAILABLE);
        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(register.events()).hasSize(2);
        assertThat(database.count("select pairing_number from device where device_id = ?", device.id()))
                .isEqualTo(1);
    }

    @Test
    void repeatedClaimWaitsForTheConfirmationToo() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();

        HttpResponse<String> repeated = transactionService.whileSuspended(() -> {
            register.pair(code);
            return register.pair(code);
        });

        assertThat(repeated.body()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void confirmationOfAnOlderPairingIsNotEnough() {
        FakeDevice first = world.device().hello();
        FakeDevice second = world.device().hello();
        FakeRegister register = world.register();
        register.pair(first.freshCode());
        String code = second.freshCode();

        HttpResponse<String> answer = transactionService.whileSuspended(() -> {
            CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(() -> register.pair(code));
            register.event(2);
            transactionService.confirm(register.event(1));
            return asked.join();
        });

        assertThat(answer.statusCode()).isEqualTo(503);
    }

    @Test
    void deviceThatUnpairsIsNotifiedOnceThatIsConfirmed() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        transactionService.whileSuspended(() -> {
            device.unpair(1);
            register.event(2);
            device.freshCode();
            assertThat(device.commands(TellUnpaired.class)).hasSize(1);
            return null;
        });

        assertThat(device.command(2, TellUnpaired.class)).isEqualTo(new TellUnpaired(device.id(), device.session(), 2));
    }

    @Test
    void deviceThatIsPairedAgainMeanwhileIsNotNotified() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        transactionService.whileSuspended(() -> {
            device.unpair(1);
            register.event(2);
            world.register().pair(device.freshCode());
            return null;
        });

        await().until(() -> confirmedVersion(register) == 2);
        assertThat(device.commands(TellUnpaired.class)).hasSize(1);
    }

    @Test
    void confirmationThatIsRepeatedOrLateChangesNothing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        register.pair(device.freshCode());

        transactionService.confirm(register.event(2));
        transactionService.confirm(register.event(1));
        kafka.send(
                Topic.PAIRING_CONFIRMATIONS,
                new PairingConfirmed(register.vendor(), "no such register", 1, device.id(), 1));
        register.pair(device.freshCode());

        assertThat(confirmedVersion(register)).isEqualTo(3);
        assertThat(device.commands(TellUnpaired.class)).hasSize(1);
    }

    private long confirmedVersion(FakeRegister register) {
        return database.count("select confirmed_version from register where register_id = ?", register.id());
    }
}
