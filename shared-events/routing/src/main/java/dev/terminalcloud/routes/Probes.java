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
 * The table {@code probe}, and its only statements: pings that a request waits for. The pong may be received by any replica, and the
 * database's clock measures the round trip: from before the commit of the command until the pong is applied.
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

    /** The pings of the device in the last minute, and the seconds until the unanswered one, and the oldest one, no longer count. */
    private static final String RECENT =
            """
            select count(*),
                max(extract(epoch from sent_at + interval '5 seconds' - clock_timestamp())) filter (
                    where answered_at is null and sent_at > clock_timestamp() - interval '5 seconds'),
                min(extract(epoch from sent_at + interval '1 minute' - clock_timestamp()))
            from probe where device_id = :device and sent_at > clock_timestamp() - interval '1 minute'
            """;

    private static final String POLL =
            """
            select cast(1000 * extract(epoch from answered_at - sent_at) as bigint)
            from probe where nonce = $1 and answered_at is not null
            """;

    /**
     * The pings of a device within the last minute.
     *
     * @param untilUnanswered the time until the unanswered one has timed out; absent if none waits for its pong
     * @param untilOldest the time until the oldest one is a minute old; absent without any
     */
    public record RecentProbes(int count, Optional<Duration> untilUnanswered, Optional<Duration> untilOldest) {
        private static RecentProbes of(Object[] row) {
            return new RecentProbes(((Number) row[0]).intValue(), duration(row[1]), duration(row[2]));
        }

        private static Optional<Duration> duration(Object seconds) {
            return Optional.ofNullable(seconds)
                    .map(left -> Duration.ofSeconds((long) Math.ceil(((Number) left).doubleValue())));
        }
    }

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

    /**
     * Returns the pings that a service may limit; complete while the caller holds the lock of the device. Durations are rounded up to
     * seconds.
     */
    public Uni<RecentProbes> recent(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(RECENT, Object[].class)
                .setParameter("device", deviceId)
                .getSingleResult()
                .map(RecentProbes::of);
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
