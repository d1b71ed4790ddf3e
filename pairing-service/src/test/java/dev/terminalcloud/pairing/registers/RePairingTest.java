package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A register has at most one device and a device at most one register; the side that loses its partner is notified. */
@QuarkusTest
class RePairingTest {
    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @Test
    void repairedRegisterLeavesItsPreviousDevice() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = world.register();
        register.pair(previous.freshCode());

        register.pair(next.freshCode());

        assertThat(register.event(2)).isEqualTo(paired(register, 2, next, 1));
        assertThat(previous.command(1 + 1, TellUnpaired.class))
                .isEqualTo(new TellUnpaired(previous.id(), previous.session(), 2));
        assertThat(next.command(1, TellPaired.class).pairingNumber()).isEqualTo(1);
        assertThat(pairingNumber(previous)).isEqualTo(2);
    }

    @Test
    void repairedDeviceLeavesItsPreviousRegister() {
        FakeDevice device = world.device().hello();
        FakeRegister previous = world.register();
        FakeRegister next = world.register();
        previous.pair(device.freshCode());

        next.pair(device.freshCode());

        assertThat(previous.event(2))
                .isEqualTo(new RegisterUnpaired(previous.vendor(), previous.id(), 2, device.id(), 2));
        assertThat(next.event(1)).isEqualTo(paired(next, 1, device, 2));
        assertThat(device.command(2, TellPaired.class).registerName()).isEqualTo(next.name());
    }

    @Test
    void pairsMayBeCrossed() {
        FakeDevice left = world.device().hello();
        FakeDevice right = world.device().hello();
        FakeRegister first = world.register();
        FakeRegister second = world.register();
        first.pair(left.freshCode());
        second.pair(right.freshCode());

        first.pair(right.freshCode());

        assertThat(first.event(2)).isEqualTo(paired(first, 2, right, 2));
        assertThat(second.event(2)).isEqualTo(new RegisterUnpaired(second.vendor(), second.id(), 2, right.id(), 2));
        assertThat(left.command(2, TellUnpaired.class).pairingNumber()).isEqualTo(2);
        assertThat(database.query("select register_id from register where device_id = ?", left.id()))
                .isEmpty();
    }

    @Test
    void samePairMayPairAgain() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        register.with("POSRegisterName", "Renamed").pair(device.freshCode());

        assertThat(register.event(2)).isEqualTo(paired(register, 2, device, 2));
        assertThat(device.command(2, TellPaired.class).registerName()).isEqualTo("Renamed");
    }

    @Test
    void deviceMayEndItsPairing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        device.unpair(1);

        assertThat(register.event(2))
                .isEqualTo(new RegisterUnpaired(register.vendor(), register.id(), 2, device.id(), 2));
        assertThat(device.command(2, TellUnpaired.class)).isEqualTo(new TellUnpaired(device.id(), device.session(), 2));
    }

    @Test
    void requestToEndAnOlderPairingChangesNothing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        device.unpair(1);
        register.event(2);
        register.pair(device.freshCode());

        device.unpair(1).unpair(2).unpair(4).freshCode();

        assertThat(register.events()).hasSize(3);
        assertThat(pairingNumber(device)).isEqualTo(3);
    }

    @Test
    void deviceGetsItsPairingAfterEachHello() {
        FakeDevice device = world.device().hello();
        assertThat(device.command(1, TellUnpaired.class)).isEqualTo(new TellUnpaired(device.id(), device.session(), 0));
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        device.hello();

        assertThat(device.command(2, TellPaired.class))
                .isEqualTo(new TellPaired(device.id(), device.session(), 1, register.business(), register.name()));
    }

    @Test
    void offlineDeviceGetsItsPairingOnReconnect() {
        FakeDevice previous = world.device().hello();
        FakeDevice next = world.device().hello();
        FakeRegister register = world.register();
        register.pair(previous.freshCode());
        previous.disconnect(previous.session());
        await().until(() -> database.count(
                        "select count(*) from device_session where session_id = ? and ended_at is not null",
                        previous.session())
                == 1);
        register.pair(next.freshCode());
        register.event(2);

        previous.hello();

        assertThat(previous.command(2, TellUnpaired.class))
                .isEqualTo(new TellUnpaired(previous.id(), previous.session(), 2));
    }

    private static RegisterPaired paired(FakeRegister register, long version, FakeDevice device, long number) {
        return register.pairedWith(device, version, number);
    }

    private long pairingNumber(FakeDevice device) {
        return database.count("select pairing_number from device where device_id = ?", device.id());
    }
}
