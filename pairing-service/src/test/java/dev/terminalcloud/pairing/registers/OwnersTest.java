package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.FakeTransactionService;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Registers that move between devices: not from one owner to another. */
@QuarkusTest
class OwnersTest {
    private static final String OTHER_OWNER =
            "{\"error\":\"This register is paired to a device of another owner. Please unpair it there first\"}";

    @Inject
    TestFixtures world;

    @Inject
    FakeTransactionService transactionService;

    @Inject
    Database database;

    /** The other client knows the three names, and has a device of its own. */
    @Test
    void otherClientCannotMoveRegisterToItsDevice() {
        FakeDevice device = world.deviceOf("Bakery").hello();
        FakeDevice itsDevice = world.deviceOf("Other client").hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        HttpResponse<String> answer = register.from(world.address()).pair(itsDevice.freshCode());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(OTHER_OWNER);
        assertThat(register.events()).hasSize(1);
        assertThat(deviceOf(register)).isEqualTo(device.id());
        assertThat(device.commands(TellUnpaired.class)).hasSize(1);
    }

    @Test
    void registerDoesNotMoveBetweenADeviceWithAndOneWithoutOwner() {
        FakeDevice owned = world.deviceOf("Bakery").hello();
        FakeDevice other = world.device().hello();
        FakeRegister register = world.register();
        FakeRegister otherRegister = world.register();
        register.pair(owned.freshCode());
        otherRegister.pair(other.freshCode());

        assertThat(register.pair(other.freshCode()).body()).isEqualTo(OTHER_OWNER);
        assertThat(otherRegister.pair(owned.freshCode()).body()).isEqualTo(OTHER_OWNER);
    }

    @Test
    void codeStaysValidAndIsNotCountedAsWrong() {
        FakeDevice device = world.deviceOf("Bakery").hello();
        FakeDevice next = world.deviceOf("Florist").hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        String code = next.freshCode();
        register.pair(code);

        transactionService.requestUnpairing(register, device, 1);
        register.event(2);

        assertThat(register.pair(code).statusCode()).isEqualTo(200);
        assertThat(database.count("select count(*) from wrong_code where address = ?", register.address()))
                .isZero();
    }

    @Test
    void registerMovesBetweenDevicesOfOneOwner() {
        FakeDevice device = world.deviceOf("Bakery").hello();
        FakeDevice next = world.deviceOf("Bakery").hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        assertThat(register.pair(next.freshCode()).statusCode()).isEqualTo(200);
        assertThat(deviceOf(register)).isEqualTo(next.id());
    }

    private Object deviceOf(FakeRegister register) {
        return database.query("select device_id from register where register_id = ?", register.id())
                .get(0);
    }
}
