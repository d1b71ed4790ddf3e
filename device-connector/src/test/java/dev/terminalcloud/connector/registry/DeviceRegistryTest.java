package dev.terminalcloud.connector.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRevoked;
import dev.terminalcloud.events.DeviceSecretHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceRegistryTest {
    private static final String DEVICE = "70000001";

    private final DeviceRegistry registry = new DeviceRegistry();

    @Test
    void registeredDeviceIsAcceptedWithItsSecretOnly() {
        register(1, "secret");

        assertThat(registry.isAllowed(DEVICE, "secret")).isTrue();
        assertThat(registry.isAllowed(DEVICE, "Secret")).isFalse();
        assertThat(registry.isAllowed("70000002", "secret")).isFalse();
    }

    @Test
    void secretOfAnUnknownDeviceIsHashedAsOftenAsThatOfAKnownOne() {
        List<String> checked = new ArrayList<>();
        DeviceRegistry counting = new DeviceRegistry((secret, hash) -> {
            checked.add(hash);
            return DeviceSecretHash.matches(secret, hash);
        });
        counting.apply(new DeviceRegistered(DEVICE, 1, DeviceSecretHash.of("secret")));
        counting.apply(new DeviceRevoked("70000003", 1));

        assertThat(counting.isAllowed(DEVICE, "secret")).isTrue();
        assertThat(counting.isAllowed(DEVICE, "")).isFalse();
        assertThat(counting.isAllowed("70000002", "")).isFalse();
        assertThat(counting.isAllowed("70000003", "")).isFalse();
        assertThat(checked).hasSize(4).allSatisfy(hash -> assertThat(hash).startsWith("sha256:"));
    }

    @Test
    void revokedDeviceIsRefusedAndItsSessionEnds() {
        register(1, "secret");

        assertThat(registry.apply(new DeviceRevoked(DEVICE, 2))).hasValue(CloseReason.REVOKED);
        assertThat(registry.isAllowed(DEVICE, "secret")).isFalse();
    }

    @Test
    void revokedDeviceCanBeRegisteredAgain() {
        registry.apply(new DeviceRevoked(DEVICE, 1));
        register(2, "secret");

        assertThat(registry.isAllowed(DEVICE, "secret")).isTrue();
    }

    @Test
    void lateEventOfALowerOrTheSameVersionChangesNothing() {
        register(5, "secret");

        assertThat(registry.apply(new DeviceRevoked(DEVICE, 4))).isEmpty();
        assertThat(registry.apply(new DeviceRevoked(DEVICE, 5))).isEmpty();
        assertThat(registry.isAllowed(DEVICE, "secret")).isTrue();
    }

    @Test
    void changedSecretEndsTheSessionAndTheSameSecretDoesNot() {
        register(1, "secret");

        assertThat(register(2, "secret")).isEmpty();
        assertThat(register(3, "other")).hasValue(CloseReason.SECRET_CHANGED);
        assertThat(registry.isAllowed(DEVICE, "secret")).isFalse();
        assertThat(registry.isAllowed(DEVICE, "other")).isTrue();
    }

    @Test
    void deviceWhoseNewestStateCannotBeReadIsRefusedUntilOneCanBe() {
        register(1, "secret");
        registry.block(DEVICE);
        assertThat(registry.isAllowed(DEVICE, "secret")).isFalse();

        register(3, "secret");
        assertThat(registry.isAllowed(DEVICE, "secret")).isTrue();
    }

    private Optional<CloseReason> register(long version, String secret) {
        return registry.apply(new DeviceRegistered(DEVICE, version, DeviceSecretHash.of(secret)));
    }
}
