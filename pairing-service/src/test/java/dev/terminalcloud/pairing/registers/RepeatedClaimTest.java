package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceSecretHash;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes after their first use, and after their expiry. */
@QuarkusTest
class RepeatedClaimTest {
    private static final String SUCCESS = "{\"result\":\"success\"}";
    private static final String INVALID =
            "{\"error\":\"Invalid Pairing Code. Please make sure you entered the code correctly\"}";

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Test
    void sameRegisterMayRepeatItsClaimAndGetsAFreshToken() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        HttpResponse<String> first = register.pair(code);

        HttpResponse<String> again = register.pair(code);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(SUCCESS);
        String token = again.headers().firstValue("Pairing-Token").orElseThrow();
        assertThat(token)
                .isNotEqualTo(first.headers().firstValue("Pairing-Token").orElseThrow());
        assertThat(storedTokens(register)).containsExactly(DeviceSecretHash.of(token));
    }

    @Test
    void repeatedClaimIsNotANewPairing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        register.pair(code);

        FakeRegister next = world.register();
        next.pair(device.freshCode());

        assertThat(((RegisterPaired) next.event(1)).pairingNumber()).isEqualTo(2);
        assertThat(register.event(3).version()).isEqualTo(3);
        assertThat(device.commands(TellPaired.class)).hasSize(2);
    }

    @Test
    void freshTokenIsPublished() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);

        register.pair(code);

        assertThat(register.event(2)).isEqualTo(register.pairedWith(device, 2, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSBusinessName", "POSRegisterName", "City"})
    void claimWithOtherTextsIsAWrongCode(String parameter) {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register().with("Phone", "1");
        String code = device.freshCode();
        register.pair(code);
        String token = register.token().hash();

        HttpResponse<String> again = register.with(parameter, "Another").pair(code);

        assertThat(again.body()).isEqualTo(INVALID);
        assertThat(database.count("select count(*) from wrong_code where register_id = ?", register.id()))
                .isEqualTo(1);
        assertThat(storedTokens(register)).containsExactly(token);
    }

    /** A client that has seen the code and knows the names would get a token of the pairing. */
    @Test
    void claimFromAnotherAddressIsAWrongCode() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        String token = register.token().hash();

        HttpResponse<String> other = register.from(world.address()).pair(code);

        assertThat(other.body()).isEqualTo(INVALID);
        assertThat(database.count("select count(*) from wrong_code where address = ?", register.address()))
                .isEqualTo(1);
        assertThat(storedTokens(register)).containsExactly(token);
    }

    @Test
    void anotherRegisterCannotUseAClaimedCode() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        world.register().pair(code);

        HttpResponse<String> other = world.register().pair(code);

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).isEqualTo(INVALID);
    }

    @Test
    void claimCannotBeRepeatedOnceThePairingIsOver() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        world.register().pair(device.freshCode());

        assertThat(register.pair(code).body()).isEqualTo(INVALID);
    }

    @Test
    void claimCannotBeRepeatedAfterTheCodesTime() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        String code = device.freshCode();
        register.pair(code);
        expire(code);

        assertThat(register.pair(code).body()).isEqualTo(INVALID);
    }

    @Test
    void expiredCodeIsRefused() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        expire(code);

        HttpResponse<String> late = world.register().pair(code);

        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).isEqualTo(INVALID);
    }

    @Test
    void codeOfARevokedDeviceIsRefused() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        database.update("update device set revoked_at = now() where device_id = ?", device.id());

        assertThat(world.register().pair(code).body()).isEqualTo(INVALID);
    }

    @Test
    void codeIsRefusedOnceTheDeviceHasAFreshOne() {
        FakeDevice device = world.device().hello();
        String older = device.freshCode();
        String newer = device.freshCode();

        assertThat(world.register().pair(older).body()).isEqualTo(INVALID);
        assertThat(world.register().pair(newer).body()).isEqualTo(SUCCESS);
    }

    private void expire(String code) {
        int moved = database.update(
                "update pairing_code set expires_at = now() - interval '1 millisecond' where code = ?", code);
        assertThat(moved).isEqualTo(1);
    }

    private List<Object> storedTokens(FakeRegister register) {
        return database.query("select pairing_token_hash from register where register_id = ?", register.id());
    }
}
