package dev.terminalcloud.pairing.devices;

import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoute;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Pings that an operator waits for. The pong may be received by any replica, and the database's clock measures the round
 * trip: from before the commit of the command until the pong is applied.
 */
@ApplicationScoped
public class Probes {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private static final String DELETE_OLD = "delete from probe where sent_at < now() - interval '1 minute'";

    private static final String ADD = "insert into probe (nonce, device_id) values (:nonce, :device)";

    private static final String ANSWER =
            """
            update probe set answered_at = clock_timestamp()
            where nonce = :nonce and device_id = :device and answered_at is null
            """;

    private static final String POLL =
            """
            select cast(1000 * extract(epoch from answered_at - sent_at) as bigint)
            from probe where nonce = $1 and answered_at is not null
            """;

    private final Pool pool;

    Probes(Pool pool) {
        this.pool = pool;
    }

    /** Sends a ping; the device must be locked. */
    public Uni<Void> send(WriteTransaction transaction, String deviceId, DeviceRoute route, String nonce) {
        transaction.append(
                Topic.DEVICE_COMMANDS, route.connectorIndex(), new PingDevice(deviceId, route.sessionId(), nonce));
        return transaction
                .session()
                .createNativeQuery(DELETE_OLD)
                .executeUpdate()
                .chain(() -> transaction
                        .session()
                        .createNativeQuery(ADD)
                        .setParameter("nonce", nonce)
                        .setParameter("device", deviceId)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Records a pong. A pong that does not answer a ping to that device, or answers one again, changes nothing. */
    public Uni<Void> recordAnswer(Mutiny.Session session, DevicePonged pong) {
        return session.createNativeQuery(ANSWER)
                .setParameter("nonce", pong.nonce())
                .setParameter("device", pong.deviceId())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Returns the round trip in milliseconds; absent if the device does not answer within the timeout. */
    public Uni<Optional<Long>> roundTrip(String nonce, Duration timeout) {
        return Uni.createFrom()
                .deferred(() -> poll(nonce))
                .repeat()
                .withDelay(POLL_INTERVAL)
                .indefinitely()
                .select()
                .where(Optional::isPresent)
                .toUni()
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(Optional::empty);
    }

    private Uni<Optional<Long>> poll(String nonce) {
        return pool.preparedQuery(POLL).execute(Tuple.of(nonce)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(found.next().getLong(0)) : Optional.empty();
        });
    }
}
