package dev.terminalcloud.pairing.wrongcodes;

import dev.terminalcloud.pairing.PairingConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Alert of too many wrong codes. Every five seconds it counts the wrong codes of the last minute at all replicas, exposes
 * the number as the gauge {@code pairing.wrong.codes.per.minute}, and raises the alert above the threshold: at most once a
 * minute, by one of the replicas, as an error in the log and in the counter {@code pairing.wrong.code.alerts}.
 */
@Startup
@ApplicationScoped
class WrongCodeAlert {
    private static final Logger LOG = Logger.getLogger(WrongCodeAlert.class);

    /** Only the replica whose update finds the row raises the alert. */
    private static final String RAISE =
            "update wrong_code_alert set raised_at = now() where raised_at < now() - interval '1 minute'";

    private final AtomicLong lastMinute = new AtomicLong();
    private final Pool pool;
    private final int threshold;
    private final Counter alerts;

    WrongCodeAlert(Pool pool, PairingConfiguration configuration, MeterRegistry metrics) {
        this.pool = pool;
        this.threshold = configuration.wrongCodes().alertThresholdPerMinute();
        this.alerts = metrics.counter("pairing.wrong.code.alerts");
        metrics.gauge("pairing.wrong.codes.per.minute", lastMinute);
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> check() {
        return WrongCodeLimiter.countLastMinute(pool)
                .invoke(lastMinute::set)
                .chain(count ->
                        count > threshold ? raise(count) : Uni.createFrom().voidItem());
    }

    private Uni<Void> raise(long count) {
        return pool.query(RAISE)
                .execute()
                .invoke(raised -> {
                    if (raised.rowCount() == 1) {
                        alerts.increment();
                        LOG.errorf(
                                "Possible brute force of pairing codes. Find the addresses (select address, count(*) from"
                                        + " wrong_code group by address order by 2 desc) and block them at the"
                                        + " gateway: wrongCodesLastMinute=%d threshold=%d",
                                count, threshold);
                    }
                })
                .replaceWithVoid();
    }
}
