package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.ExecutedStatements;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.virtualregister.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The older mode, in which the response is held until the transaction ends. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class SynchronousModeTest {
    @Inject
    TestFixtures shop;

    @Inject
    MeterRegistry metrics;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void modeThatIsEmptyOrAbsentIsSynchronous(boolean present) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        if (present) {
            parameters.put("TransactionMode", "");
        } else {
            parameters.remove("TransactionMode");
        }
        CompletableFuture<Answer> answer = register.postsAsync(parameters);

        UUID transaction =
                device.awaitCommand(OfferTransaction.class, offer -> true).transactionId();
        device.starts(transaction);
        assertThat(answer).isNotDone();
        device.finishes(transaction, approved(500));

        Answer completed = answer.join();
        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.body().path("transactionStatus").asText()).isEqualTo("COMPLETED");
        assertThat(completed.data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        assertThat(completed.body()).isEqualTo(register.polls(completed).body());
        TestFixtures.awaitTrue(
                () -> metrics.get("transaction.requests.held").gauge().value() == 0);
    }

    /** It listens for the end before it is stored, and the replica that completes it has its end in memory. */
    @Test
    void heldRequestDoesNotReadItsTransaction() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.remove("TransactionMode");

        List<String> statements = ExecutedStatements.during(() -> {
            CompletableFuture<Answer> answer = register.postsAsync(parameters);
            UUID transaction =
                    device.awaitCommand(OfferTransaction.class, offer -> true).transactionId();
            device.starts(transaction);
            device.finishes(transaction, approved(500));
            assertThat(answer.join().data("TransactionResult")).isEqualTo("OK-ACCEPTED");
        });

        assertThat(statements).noneMatch(SynchronousModeTest::isRead);
    }

    private static boolean isRead(String statement) {
        return statement.contains("t1_0.id = any") || statement.contains("t1_0.id in");
    }

    @Test
    void refusalIsNotHeld() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        assertThat(register.pays(500).status()).isEqualTo(200);
        Map<String, String> parameters = register.purchase(500);
        parameters.remove("TransactionMode");
        assertThat(register.posts(parameters).status()).isEqualTo(429);
    }
}
