package dev.terminalcloud.pairing.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.pairing.Configurations;
import dev.terminalcloud.pairing.devices.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules for owners of devices. */
class OwnerPolicyTest {
    private static final OwnerPolicy OPTIONAL = new OwnerPolicy(Configurations.of(Map.of()));
    private static final OwnerPolicy REQUIRED =
            new OwnerPolicy(Configurations.of(Map.of("pairing.require-owner", "true")));

    @Test
    void ownerIsOptionalByDefault() {
        assertThat(OPTIONAL.refusal(null)).isEmpty();
        assertThat(OPTIONAL.refusalToRegister(null, null)).isEmpty();
    }

    @Test
    void requiredOwnerIsNamedInTheRefusal() {
        assertThat(REQUIRED.refusalToRegister(null, null).map(ChangeResult::reason))
                .hasValue("owner is missing: each device must have one, as pairing.require-owner is set");
        assertThat(REQUIRED.refusalToRegister(device(null), null)).isPresent();
        assertThat(REQUIRED.refusal(null)).isPresent();
    }

    @Test
    void deviceWithAnOwnerIsRegistered() {
        assertThat(REQUIRED.refusalToRegister(null, "Bakery")).isEmpty();
        assertThat(REQUIRED.refusalToRegister(device(null), "Bakery")).isEmpty();
        assertThat(REQUIRED.refusalToRegister(device("Bakery"), null)).isEmpty();
    }

    @Test
    void replacementBelongsToTheSameOwner() {
        assertThat(OPTIONAL.refusalToReplace(device("Bakery"), device("Bakery")))
                .isEmpty();
        assertThat(OPTIONAL.refusalToReplace(device(null), device(null))).isEmpty();
        assertThat(OPTIONAL.refusalToReplace(device("Bakery"), device("Florist")))
                .isPresent();
        assertThat(OPTIONAL.refusalToReplace(device("Bakery"), device(null))).isPresent();
        assertThat(OPTIONAL.refusalToReplace(device(null), device("Bakery"))).isPresent();
    }

    private static Device device(String owner) {
        Device device = new Device("7000000001", "secret");
        device.changeOwner(owner);
        return device;
    }
}
