package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.RegisterIdentity;
import dev.terminalcloud.transaction.pairings.KnownRegister;
import dev.terminalcloud.transaction.pairings.Pairing;
import dev.terminalcloud.transaction.pairings.PairingTable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Finds the device of a register; retries for a while, since a POS may pair and pay in the same second. */
@ApplicationScoped
class PairingLookup {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);

    private final PairingTable pairings;
    private final TransactionConfiguration config;

    PairingLookup(PairingTable pairings, TransactionConfiguration config) {
        this.pairings = pairings;
        this.config = config;
    }

    /**
     * Finds the register's pairing; continues on the caller's Vert.x context.
     *
     * @param token what the register has sent to prove that it is the one that has paired
     * @return fails with {@link ApiException}: 401 at once if the token is not the register's, whether there is such a
     *     register or not; 400 if the register is not paired
     */
    Uni<Pairing> find(RegisterIdentity register, Optional<PairingToken> token) {
        return find(register, token, config.pairingLookupTimeout().dividedBy(RETRY_INTERVAL));
    }

    private Uni<Pairing> find(RegisterIdentity register, Optional<PairingToken> token, long attemptsLeft) {
        return pairings.find(register).chain(found -> {
            token.ifPresent(
                    sent -> sent.check(found.map(KnownRegister::tokenHash).orElse(null)));
            Optional<Pairing> pairing = found.flatMap(known -> known.startsUnder(register));
            if (pairing.isPresent()) {
                return Uni.createFrom().item(pairing.get());
            }
            if (attemptsLeft == 0) {
                return Uni.createFrom().failure(notPaired());
            }
            return delay().chain(() -> find(register, token, attemptsLeft - 1));
        });
    }

    private static Uni<Void> delay() {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(RETRY_INTERVAL)
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private static ApiException notPaired() {
        return StartError.NOT_PAIRED.exception();
    }
}
