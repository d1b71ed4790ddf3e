package dev.terminalcloud.transaction.intake;

import dev.terminalcloud.posapi.RefusedException;
import dev.terminalcloud.transaction.TransactionConfig;
import dev.terminalcloud.transaction.lifecycle.Register;
import dev.terminalcloud.transaction.pairings.Pairing;
import dev.terminalcloud.transaction.pairings.Pairings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Finds the device of a register; looks again for a while, since a POS pairs and pays in the same second. */
@ApplicationScoped
class PairingLookup {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Pairings pairings;
    private final TransactionConfig config;

    PairingLookup(Pairings pairings, TransactionConfig config) {
        this.pairings = pairings;
        this.config = config;
    }

    /**
     * The register's pairing; continues on the caller's Vert.x context.
     *
     * @return fails with {@link RefusedException} 400 if there is none
     */
    Uni<Pairing> find(Register register) {
        return find(register, config.pairingWait().dividedBy(PAUSE));
    }

    private Uni<Pairing> find(Register register, long looksLeft) {
        return pairings.find(register).chain(found -> {
            if (found.isPresent()) {
                return Uni.createFrom().item(found.get());
            }
            if (looksLeft == 0) {
                return Uni.createFrom().failure(notPaired());
            }
            return pause().chain(() -> find(register, looksLeft - 1));
        });
    }

    private static Uni<Void> pause() {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(PAUSE)
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private static RefusedException notPaired() {
        return StartRefusal.NOT_PAIRED.exception();
    }
}
