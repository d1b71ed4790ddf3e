package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import dev.terminalcloud.events.PairingEvent.RegisterUnpaired;
import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.FakeTransactionService;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Registers that end their pairing, as transaction-service requests it for them. */
@QuarkusTest
class UnpairingTest {
    @Inject
    TestFixtures world;

    @Inject
    FakeTransactionService transactionService;

    @Inject
    Database database;

    @Inject
    MeterRegistry metrics;

    @Test
    void pairingEndsAndTheDeviceIsNotified() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());

        transactionService.requestUnpairing(register, device, 1);

        assertThat(register.event(2))
                .isEqualTo(new RegisterUnpaired(register.vendor(), register.id(), 2, device.id(), 2));
        assertThat(device.command(2, TellUnpaired.class)).isEqualTo(new TellUnpaired(device.id(), device.session(), 2));
        assertThat(database.query("select end_reason from pairing_history where register_id = ?", register.id()))
                .containsExactly("UNPAIRED_BY_REGISTER");
    }

    @Test
    void repeatedAndLateRequestsChangeNothing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        transactionService.requestUnpairing(register, device, 1);
        register.event(2);
        register.pair(device.freshCode());
        double stale = count(PairingOutcome.STALE_UNPAIR_REQUEST);

        transactionService.requestUnpairing(register, device, 1);
        transactionService.requestUnpairing(register, device, 2);

        await().until(() -> count(PairingOutcome.STALE_UNPAIR_REQUEST) >= stale + 2);
        assertThat(register.events()).hasSize(3);
        assertThat(database.query("select device_id from register where register_id = ?", register.id()))
                .containsExactly(device.id());
    }

    private double count(PairingOutcome outcome) {
        return metrics.counter("pairing.outcomes", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .count();
    }
}
