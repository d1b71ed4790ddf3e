package dev.terminalcloud.transaction.presence;

import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.routes.DeviceRoute;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.routes.Probes;
import dev.terminalcloud.routes.Probes.RecentProbes;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.hibernate.reactive.mutiny.Mutiny;

/** Probe of a register's device, on the same way as a transaction. Its limits hold for all replicas together. */
@Startup
@ApplicationScoped
class DeviceProbe {
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
        return probes.recent(session, deviceId).invoke(this::rejectBeyondLimits).replaceWithVoid();
    }

    private void rejectBeyondLimits(RecentProbes recent) {
        recent.untilUnanswered().ifPresent(wait -> {
            throw PresenceError.PROBE_UNDER_WAY.exceptionWithRetryAfter(wait);
        });
        if (recent.count() >= maxPerMinute) {
            throw PresenceError.TOO_MANY_PROBES.exceptionWithRetryAfter(
                    recent.untilOldest().orElseThrow(), maxPerMinute);
        }
    }

    private Uni<Void> send(WriteTransaction write, String deviceId, DeviceRoute route, String nonce) {
        PingDevice ping = new PingDevice(deviceId, route.sessionId(), nonce);
        write.append(Topic.DEVICE_COMMANDS, route.connectorIndex(), ping);
        return probes.add(write.session(), ping);
    }
}
