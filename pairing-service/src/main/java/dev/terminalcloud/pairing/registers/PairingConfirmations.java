package dev.terminalcloud.pairing.registers;

import dev.terminalcloud.database.TransientFailures;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.pairing.PairingConfiguration;
import dev.terminalcloud.pairing.PairingMetrics;
import dev.terminalcloud.pairing.PairingMetrics.PairingOutcome;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Confirmations of transaction-service, each of which says that starts go by a state of a register. Any replica may receive
 * one; the others read it from the database.
 */
@Startup
@ApplicationScoped
public class PairingConfirmations {
    private static final Logger LOG = Logger.getLogger(PairingConfirmations.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    private final Pool pool;
    private final Duration timeout;
    private final PairingMetrics metrics;

    PairingConfirmations(Pool pool, PairingConfiguration configuration, PairingMetrics metrics) {
        this.pool = pool;
        this.timeout = configuration.confirmationTimeout();
        this.metrics = metrics;
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "pairing.confirmation-timeout must be from 100 milliseconds to one minute, was " + timeout);
        }
    }

    /** Records the confirmations; their devices must be locked. A confirmation of an older state changes nothing. */
    public Uni<Void> record(Mutiny.Session session, List<PairingConfirmed> confirmed) {
        JsonArray versions = new JsonArray();
        confirmed.forEach(one -> versions.add(new JsonObject()
                .put("vendor", one.vendorName())
                .put("register", one.registerId())
                .put("version", one.version())));
        return RegisterRepository.confirm(session, versions.encode());
    }

    /**
     * Waits for the confirmation of a state that has been committed. Holds no connection and no lock meanwhile, and continues on
     * the caller's Vert.x context.
     *
     * @return false if none is received within {@link PairingConfiguration#confirmationTimeout()}
     */
    public Uni<Boolean> await(RegisterState committed) {
        Executor context = MutinyHelper.executor(Vertx.currentContext());
        return Uni.createFrom()
                .deferred(() -> isConfirmed(committed))
                .repeat()
                .withDelay(POLL_INTERVAL)
                .indefinitely()
                .select()
                .where(confirmed -> confirmed)
                .toUni()
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> timedOut(committed))
                .emitOn(context);
    }

    /** A database that is temporarily unavailable is asked again until the time is up. */
    private Uni<Boolean> isConfirmed(RegisterState state) {
        return RegisterRepository.isConfirmed(pool, state)
                .onFailure(TransientFailures::isTransient)
                .recoverWithItem(false);
    }

    private boolean timedOut(RegisterState state) {
        metrics.increment(PairingOutcome.CONFIRMATION_TIMED_OUT);
        LOG.warnf(
                "No confirmation of a pairing from transaction-service: deviceId=%s pairingNumber=%d waitedSeconds=%d",
                state.deviceId(), state.pairingNumber(), timeout.toSeconds());
        return false;
    }
}
