package dev.terminalcloud.pairing.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.carddata.CardDataMask;
import dev.terminalcloud.pairing.history.PairingHistory.RegisterMoves;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Alert of registers that move between businesses more than twice in 24 hours: two tills with one id, of which each takes the
 * pairing from the other. Every minute it counts them, exposes the number as the gauge {@code pairing.flapping.registers},
 * and logs each after each further move, at one of the replicas.
 */
@Startup
@ApplicationScoped
class FlappingRegisterAlert {
    static final String JOB = "flapping-registers";

    private static final Logger LOG = Logger.getLogger(FlappingRegisterAlert.class);

    private final AtomicLong flapping = new AtomicLong();
    private final Pool pool;

    FlappingRegisterAlert(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        metrics.gauge("pairing.flapping.registers", flapping);
    }

    @Scheduled(identity = JOB, every = "1m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> run() {
        return check().replaceWithVoid();
    }

    /** Returns the registers that it has logged. */
    Uni<List<String>> check() {
        return PairingHistory.reportFlapping(pool)
                .invoke(found -> flapping.set(found.size()))
                .map(FlappingRegisterAlert::logMoved);
    }

    private static List<String> logMoved(List<RegisterMoves> found) {
        return found.stream()
                .filter(RegisterMoves::hasNewMove)
                .map(FlappingRegisterAlert::log)
                .toList();
    }

    private static String log(RegisterMoves register) {
        LOG.warnf(
                "Register moves between businesses. Give each till its own id: vendorName=%s registerId=%s count=%d",
                encoded(register.vendorName()), encoded(register.registerId()), register.moves());
        return register.registerId();
    }

    /** Encodes text that a register chose as in the query of a URL: without spaces, line breaks and card data. */
    private static String encoded(String text) {
        return URLEncoder.encode(CardDataMask.mask(text), UTF_8);
    }
}
