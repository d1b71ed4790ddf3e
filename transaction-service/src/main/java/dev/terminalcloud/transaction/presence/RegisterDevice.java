package dev.terminalcloud.transaction.presence;

import dev.terminalcloud.database.DatabaseRetry;
import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.routes.LatestSessions;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.pairings.KnownRegister;
import dev.terminalcloud.transaction.pairings.Pairing;
import dev.terminalcloud.transaction.pairings.PairingTokens;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The device that a register is paired with, for the register alone. */
@ApplicationScoped
class RegisterDevice {
    private final PairingTokens pairingTokens;
    private final LatestSessions sessions;
    private final DeviceProbe probe;
    private final TransactionTable transactions;

    RegisterDevice(
            PairingTokens pairingTokens, LatestSessions sessions, DeviceProbe probe, TransactionTable transactions) {
        this.pairingTokens = pairingTokens;
        this.sessions = sessions;
        this.probe = probe;
        this.transactions = transactions;
    }

    /**
     * Returns the state of the register's device. Must be called on a Vert.x context, on which it continues.
     *
     * @return fails with {@link ApiException}: 401 if the token is not the register's, 400 if the register is not paired, 503 if
     *     the database has not answered for some seconds
     */
    Uni<DevicePresence> find(RegisterIdentity register, PairingToken token) {
        return deviceOf(register, token)
                .chain(device -> presenceOf(device, Optional.empty()))
                .onFailure(TransientFailures::isTransient)
                .transform(PresenceError.PRESENCE_UNAVAILABLE::causedBy);
    }

    /**
     * Measures the round trip to the register's device, and returns its state after that.
     *
     * @return fails with {@link ApiException}, as {@link #find} does, and as {@link DeviceProbe#roundTripMillis}
     */
    Uni<DevicePresence> probe(RegisterIdentity register, PairingToken token) {
        return deviceOf(register, token)
                .chain(device -> probe.roundTripMillis(device)
                        .chain(roundTripMillis -> presenceOf(device, Optional.of(roundTripMillis))))
                .onFailure(TransientFailures::isTransient)
                .transform(PresenceError.PRESENCE_UNAVAILABLE::causedBy);
    }

    private Uni<String> deviceOf(RegisterIdentity register, PairingToken token) {
        return DatabaseRetry.run(() -> pairingTokens.authenticate(register, token))
                .map(KnownRegister::current)
                .map(pairing -> pairing.map(Pairing::deviceId).orElseThrow(PresenceError.NO_DEVICE::exception));
    }

    private Uni<DevicePresence> presenceOf(String deviceId, Optional<Long> roundTripMillis) {
        return DatabaseRetry.run(() -> sessions.find(deviceId))
                .chain(latest -> DatabaseRetry.run(() -> transactions.isBusy(deviceId))
                        .map(busy -> DevicePresence.of(deviceId, latest, busy, roundTripMillis)));
    }
}
