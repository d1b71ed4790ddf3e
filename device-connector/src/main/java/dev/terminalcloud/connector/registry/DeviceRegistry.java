package dev.terminalcloud.connector.registry;

import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceRegistered;
import dev.terminalcloud.events.DeviceRegistryEvent.DeviceState;
import dev.terminalcloud.events.DeviceSecretHash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;

/**
 * The devices that may connect: the newest known state of each, some 250 bytes a device. Thread-safe.
 *
 * <p>A device that is not known to be allowed is refused.
 */
@Singleton
public class DeviceRegistry {
    /** Compared with the secret of a device that may not connect. */
    private static final String NO_SECRET_HASH = DeviceSecretHash.of("");

    private final ConcurrentMap<String, State> byDevice = new ConcurrentHashMap<>();
    private final BiPredicate<String, String> secretCheck;

    @Inject
    DeviceRegistry() {
        this(DeviceSecretHash::matches);
    }

    /** @param secretCheck returns whether the secret has that hash */
    DeviceRegistry(BiPredicate<String, String> secretCheck) {
        this.secretCheck = secretCheck;
    }

    /** @param secretHash null if the device may not connect */
    private record State(long version, String secretHash) {}

    /** Returns whether the device may connect, if it is authenticated. */
    public boolean isAllowed(String deviceId) {
        State state = byDevice.get(deviceId);
        return state != null && state.secretHash() != null;
    }

    /** Returns whether the device may connect and this is its secret. The answer takes as long for an unknown device. */
    public boolean isAllowed(String deviceId, String secret) {
        State state = byDevice.get(deviceId);
        boolean known = state != null && state.secretHash() != null;
        boolean matches = secretCheck.test(secret, known ? state.secretHash() : NO_SECRET_HASH);
        return known && matches;
    }

    /** Applies a newer state; returns why a live session of the device must end, if it must. */
    Optional<CloseReason> apply(DeviceState event) {
        String secretHash = event instanceof DeviceRegistered registered ? registered.secretHash() : null;
        State state = new State(event.version(), secretHash);
        State previous = byDevice.get(event.deviceId());
        if (previous != null && previous.version() >= state.version()) {
            return Optional.empty();
        }
        byDevice.put(event.deviceId(), state);
        if (secretHash == null) {
            return Optional.of(CloseReason.REVOKED);
        }
        return previous == null || secretHash.equals(previous.secretHash())
                ? Optional.empty()
                : Optional.of(CloseReason.SECRET_CHANGED);
    }

    /** Refuses the device until a well-formed state comes: its newest is malformed, and may have revoked it. */
    void block(String deviceId) {
        byDevice.computeIfPresent(deviceId, (id, previous) -> new State(previous.version(), null));
    }

    /** Returns the number of known devices, revoked ones included. */
    public int size() {
        return byDevice.size();
    }
}
