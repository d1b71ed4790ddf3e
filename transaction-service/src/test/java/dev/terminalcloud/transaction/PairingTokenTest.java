package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts of a register, and of other clients that know its three names (POS API, sections 10 and 11). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class PairingTokenTest {
    @Inject
    TestFixtures shop;

    @ParameterizedTest
    @ValueSource(strings = {"Card.Refund", "Journal.ReprintReceipt", "Journal.GetTransResult"})
    void otherClientCannotStartProtectedFunction(String function) {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);

        Answer answer = register.posts(request(register, function));
        Answer guessed = register.postsWithToken(request(register, function), "guessed");

        assertRejected(answer, "Pairing-Token is missing");
        assertRejected(guessed, "Invalid pairing token");
        assertThat(shop.count("transaction where device_id = $1", Tuple.of(device.id())))
                .isZero();
    }

    @Test
    void otherClientCannotStartAnythingOfStrictVendor() {
        FakeRegister register = shop.strictRegister();
        shop.deviceOf(register);

        assertRejected(register.pays(500), "Pairing-Token is missing");
        assertRejected(register.postsWithToken(register.purchase(500), "guessed"), "Invalid pairing token");
    }

    @Test
    void registerStartsWithItsToken() {
        FakeRegister register = shop.register();
        FakeRegister strict = shop.strictRegister();
        shop.deviceOf(register);
        shop.deviceOf(strict);

        Answer refund = register.postsWithToken(
                request(register, "Card.Refund"), register.pairingToken().text());
        Answer purchase = strict.postsWithToken(
                strict.purchase(500), strict.pairingToken().text());

        assertThat(refund.status()).isEqualTo(200);
        assertThat(purchase.status()).isEqualTo(200);
    }

    @Test
    void registerWithoutTokenStartsAllElse() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);

        assertThat(register.pays(500).status()).isEqualTo(200);
    }

    @Test
    void sentTokenIsCheckedWhereItIsOptional() {
        FakeRegister register = shop.register();
        shop.deviceOf(register);

        assertRejected(register.postsWithToken(register.purchase(500), "guessed"), "Invalid pairing token");
    }

    @Test
    void unknownRegisterIsAnsweredLikeAWrongToken() {
        FakeRegister unknown = shop.register();

        assertRejected(unknown.postsWithToken(unknown.purchase(500), "guessed"), "Invalid pairing token");
    }

    @Test
    void newPairingReplacesTheToken() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        pair(register, device, 2, "new token");

        assertRejected(
                register.postsWithToken(
                        register.purchase(500), register.pairingToken().text()),
                "Invalid pairing token");
        assertThat(register.postsWithToken(register.purchase(500), "new token").status())
                .isEqualTo(200);
    }

    /** As a build that did not publish the hash has made it. */
    @Test
    void pairingWithoutPublishedTokenHasToBeMadeAgain() {
        FakeRegister register = shop.strictRegister();
        FakeDevice device = shop.deviceOf(register);
        pair(register, device, 2, null);

        assertRejected(register.pays(500), "Pairing-Token is missing");
        assertRejected(
                register.postsWithToken(
                        register.purchase(500), register.pairingToken().text()),
                "Invalid pairing token");
    }

    @Test
    void tokenOfAnEndedPairingIsKnownAndStartsNothing() {
        FakeRegister register = shop.register();
        FakeDevice device = shop.deviceOf(register);
        device.unpairedFrom(register, 2, 2);
        awaitVersion(register, 2);

        Answer answer = register.postsWithToken(
                register.purchase(500), register.pairingToken().text());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("This register is not paired to a device, please pair it first.");
    }

    private void pair(FakeRegister register, FakeDevice device, long version, String token) {
        device.pairedWithToken(register, version, token);
        awaitVersion(register, version);
    }

    private void awaitVersion(FakeRegister register, long version) {
        awaitTrue(() ->
                shop.count("pairing where register_id = $1 and version = $2", Tuple.of(register.id(), version)) == 1);
    }

    private static Map<String, String> request(FakeRegister register, String function) {
        Map<String, String> parameters = register.purchase(500);
        parameters.put("TransactionType", function);
        return parameters;
    }

    private static void assertRejected(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo(error);
    }
}
