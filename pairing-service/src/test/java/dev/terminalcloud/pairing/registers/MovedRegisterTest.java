package dev.terminalcloud.pairing.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import dev.terminalcloud.pairing.TestFixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Registers that move to another device are counted, for the alert. */
@QuarkusTest
class MovedRegisterTest {
    @Inject
    TestFixtures world;

    @Inject
    MeterRegistry metrics;

    @Test
    void moveFromTheSameAddressIsCounted() {
        FakeRegister register = paired();
        double before = count(PairingOutcome.REGISTER_MOVED);

        register.pair(world.device().hello().freshCode());

        assertThat(count(PairingOutcome.REGISTER_MOVED)).isEqualTo(before + 1);
    }

    @Test
    void moveFromAnotherAddressIsCountedApart() {
        FakeRegister register = paired();
        double before = count(PairingOutcome.REGISTER_MOVED_FROM_OTHER_ADDRESS);

        register.from(world.address()).pair(world.device().hello().freshCode());

        assertThat(count(PairingOutcome.REGISTER_MOVED_FROM_OTHER_ADDRESS)).isEqualTo(before + 1);
    }

    @Test
    void pairingWithTheSameDeviceIsNotAMove() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        register.pair(device.freshCode());
        double before = count(PairingOutcome.REGISTER_MOVED) + count(PairingOutcome.REGISTER_MOVED_FROM_OTHER_ADDRESS);

        register.from(world.address()).pair(device.freshCode());

        assertThat(count(PairingOutcome.REGISTER_MOVED) + count(PairingOutcome.REGISTER_MOVED_FROM_OTHER_ADDRESS))
                .isEqualTo(before);
    }

    private FakeRegister paired() {
        FakeRegister register = world.register();
        register.pair(world.device().hello().freshCode());
        return register;
    }

    private double count(PairingOutcome outcome) {
        return metrics.counter("pairing.outcomes", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .count();
    }
}
