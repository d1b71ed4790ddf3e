package dev.terminalcloud.transaction.timers;

import dev.terminalcloud.transaction.TransactionConfiguration;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds due transactions, by the database's clock, and locks them; skips those that another replica has locked. */
@ApplicationScoped
class DueTransactions {
    private static final String EXPIRED =
            """
            select id from transaction
            where phase = 'QUEUED' and expires_at <= now()
            order by expires_at limit 200 for update skip locked
            """;

    private static final String OVERDUE =
            """
            select id from transaction
            where phase = 'STARTED' and delayed_at is null and overdue_at <= now()
            limit 200 for update skip locked
            """;

    /** A device has ten seconds to answer, and the POS API promises an end within fifteen. */
    private static final String CANCEL_UNANSWERED =
            """
            select id from transaction
            where phase = 'STARTED' and cancellation = 'REQUESTED' and cancel_requested_at <= now() - interval '12 seconds'
            limit 200 for update skip locked
            """;

    private static final String LOST =
            """
            select t.id from transaction t
            where t.phase = 'STARTED' and t.delayed_at is null
              and not exists (select from open_session s where s.device_id = t.device_id)
              and not exists (
                select from device_session s
                where s.device_id = t.device_id
                  and s.ended_at > now() - cast(:lost as double precision) * interval '1 second')
            limit 200 for update of t skip locked
            """;

    private static final String UNREPORTED =
            """
            update transaction set
                next_report_at = now() + report_wait,
                report_wait = least(report_wait * 2, interval '5 minutes')
            where id in (
                select t.id from transaction t
                where t.phase = 'STARTED' and t.delayed_at is not null and t.never_seen_at is null
                  and t.next_report_at <= now()
                  and exists (select from open_session s where s.device_id = t.device_id)
                limit 200 for update of t skip locked)
            returning id
            """;

    private static final String UNOFFERED =
            """
            select t.id from transaction t join lateral (
                select s.session_id from open_session s where s.device_id = t.device_id
                order by s.opened desc limit 1) newest on true
            where t.phase = 'QUEUED' and t.expires_at > now() and t.offered_to_session is distinct from newest.session_id
            limit 200 for update of t skip locked
            """;

    private final TransactionConfiguration config;

    DueTransactions(TransactionConfiguration config) {
        this.config = config;
    }

    Uni<List<UUID>> expired(Mutiny.Session session) {
        return findAndLock(session, EXPIRED);
    }

    Uni<List<UUID>> overdue(Mutiny.Session session) {
        return findAndLock(session, OVERDUE);
    }

    Uni<List<UUID>> cancelUnanswered(Mutiny.Session session) {
        return findAndLock(session, CANCEL_UNANSWERED);
    }

    Uni<List<UUID>> lost(Mutiny.Session session) {
        return session.createNativeQuery(LOST, UUID.class)
                .setParameter("lost", seconds(config.deviceLostAfter()))
                .getResultList();
    }

    /** Finds those whose device is connected; sets the time of their next report: 15 s later, and up to 5 min. */
    Uni<List<UUID>> unreported(Mutiny.Session session) {
        return findAndLock(session, UNREPORTED);
    }

    Uni<List<UUID>> unoffered(Mutiny.Session session) {
        return findAndLock(session, UNOFFERED);
    }

    private static Uni<List<UUID>> findAndLock(Mutiny.Session session, String query) {
        return session.createNativeQuery(query, UUID.class).getResultList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
