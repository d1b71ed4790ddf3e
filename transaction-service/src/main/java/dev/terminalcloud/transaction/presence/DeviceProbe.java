package dev.terminalcloud.transaction.presence;

import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Probes;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.hibernate.reactive.mutiny.Mutiny;

/** Probe of a register's device, on the same way as a transaction. Its limits hold for all replicas together. */
@Startup
@ApplicationScoped
class DeviceProbe {
    /** The pings of the device in the last minute, and the seconds until the unanswered one, and the oldest one, no longer count. */
    private static final String RECENT =
            """
            select count(*),
                max(extract(epoch from sent_at + interval '5 seconds' - clock_timestamp())) filter (
                    where answered_at is null and sent_at > clock_timestamp() - interval '5 seconds'),
                min(extract(epoch from sent_at + interval '1 minute' - clock_timestamp()))
            from probe where device_id = :device and sent_at > clock_timestamp() - interval '1 minute'
            """;

    private final Outbox outbox;
    private final DeviceRoutes routes;
    private final Probes probes;
    private final int maxPerMinute;

    DeviceProbe(Outbox outbox, DeviceRoutes routes, Probes probes, TransactionConfiguration config) {
        this.outbox = outbox;
        this.routes = routes;
        this.probes = probes;
        this.maxPerMinute = config.maxProbesPerMinute();
        if (maxPerMinute < 1) {
            throw new IllegalArgumentException(
                    "transaction.max-probes-per-minute must be at least 1, was " + maxPerMinute);
        }
    }

    /**
     * Measures the time to the device and back, through Kafka and its connector. Must be called on a Vert.x context, on which
     * it continues.
     *
     * @return fails with {@link ApiException}: 504 at once if the device is not online, 504 if it does not answer within {@link
     *     Probes#TIMEOUT}, 429 while another probe of it waits, or if it was probed too often
     */
    Uni<Long> roundTripMillis(String deviceId) {
        Executor context = MutinyHelper.executor(Vertx.currentContext());
        String nonce = UUID.randomUUID().toString();
        return outbox.inTransaction(write -> routes.lock(write.session(), deviceId)
                        .map(route -> route.orElseThrow(PresenceError.DEVICE_OFFLINE::exception))
                        .call(() -> checkLimits(write.session(), deviceId))
                        .chain(route -> send(write, deviceId, route, nonce)))
                .chain(() -> probes.roundTrip(nonce))
                .emitOn(context)
                .map(millis -> millis.orElseThrow(PresenceError.DEVICE_UNRESPONSIVE::exception));
    }

    /** Holds the device's lock, so that of two requests at the same time one sees the ping of the other. */
    private Uni<Void> checkLimits(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(RECENT, Object[].class)
                .setParameter("device", deviceId)
                .getSingleResult()
                .invoke(this::rejectBeyondLimits)
                .replaceWithVoid();
    }

    private void rejectBeyondLimits(Object[] recent) {
        if (recent[1] != null) {
            throw PresenceError.PROBE_UNDER_WAY.exceptionWithRetryAfter(seconds(recent[1]));
        }
        if (((Number) recent[0]).intValue() >= maxPerMinute) {
            throw PresenceError.TOO_MANY_PROBES.exceptionWithRetryAfter(seconds(recent[2]), maxPerMinute);
        }
    }

    private static Duration seconds(Object left) {
        return Duration.ofSeconds((long) Math.ceil(((Number) left).doubleValue()));
    }

    private Uni<Void> send(WriteTransaction write, String deviceId, DeviceRoute route, String nonce) {
        PingDevice ping = new PingDevice(deviceId, route.sessionId(), nonce);
        write.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), ping);
        return probes.add(write.session(), ping);
    }
}
