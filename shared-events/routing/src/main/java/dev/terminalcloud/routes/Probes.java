package dev.terminalcloud.routes;

import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceEvent.DevicePonged;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Pings that a request waits for. The pong may be received by any replica, and the database's clock measures the round
 * trip: from before the commit of the command until the pong is applied.
 */
@ApplicationScoped
public class Probes {
    /** Maximum time to wait for a pong. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** A service may count the pings of the last minute. */
    private static final String DELETE_OLD =
            """
            delete from probe where nonce in (
                select nonce from probe where sent_at < clock_timestamp() - interval '1 minute' for update skip locked)
            """;

    private static final String ADD = "insert into probe (nonce, device_id) values (:nonce, :device)";

    private static final String ANSWER =
            """
            update probe set answered_at = clock_timestamp()
            from json_to_recordset(cast(cast(:pongs as text) as json)) as r(nonce text, device text)
            where probe.nonce = r.nonce and probe.device_id = r.device and probe.answered_at is null
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

    /** Stores a ping, with a random nonce, that the caller sends in the same database transaction. */
    public Uni<Void> add(Mutiny.Session session, PingDevice ping) {
        return session.createNativeQuery(DELETE_OLD)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(ADD)
                        .setParameter("nonce", ping.nonce())
                        .setParameter("device", ping.deviceId())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Records pongs. A pong that does not answer a ping to that device, or answers one again, changes nothing. */
    public Uni<Void> recordAnswers(Mutiny.Session session, List<DevicePonged> pongs) {
        if (pongs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray rows = new JsonArray();
        pongs.forEach(
                pong -> rows.add(new JsonObject().put("nonce", pong.nonce()).put("device", pong.deviceId())));
        return session.createNativeQuery(ANSWER)
                .setParameter("pongs", rows.encode())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Returns the round trip in milliseconds; absent if the device does not answer within {@link #TIMEOUT}. */
    public Uni<Optional<Long>> roundTrip(String nonce) {
        return Uni.createFrom()
                .deferred(() -> poll(nonce))
                .repeat()
                .withDelay(POLL_INTERVAL)
                .indefinitely()
                .select()
                .where(Optional::isPresent)
                .toUni()
                .ifNoItem()
                .after(TIMEOUT)
                .recoverWithItem(Optional::empty);
    }

    private Uni<Optional<Long>> poll(String nonce) {
        return pool.preparedQuery(POLL).execute(Tuple.of(nonce)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(found.next().getLong(0)) : Optional.empty();
        });
    }
}
