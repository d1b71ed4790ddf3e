package dev.terminalcloud.transaction.table;

import dev.terminalcloud.transaction.TransactionConfiguration;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds due transactions, by the database's clock, and locks them; skips those that another replica has locked. */
final class DueTransactions {
    private static final String EXPIRED =
            """
            select t.id from transaction t
            where t.phase = 'QUEUED' and t.expires_at <= now() %s
            order by t.expires_at limit 200 for update skip locked
            """;

    private static final String OVERDUE =
            """
            select t.id from transaction t
            where t.phase = 'STARTED' and t.delayed_at is null and t.overdue_at <= now() %s
            limit 200 for update skip locked
            """;

    /** A device has ten seconds to answer, and the POS API promises an end within fifteen. */
    private static final String CANCEL_UNANSWERED =
            """
            select t.id from transaction t
            where t.phase = 'STARTED' and t.cancellation = 'REQUESTED'
              and t.cancel_requested_at <= now() - interval '12 seconds' %s
            limit 200 for update skip locked
            """;

    private static final String LOST =
            """
            select t.id from transaction t
            where t.phase = 'STARTED' and t.delayed_at is null
              and not exists (select from open_session s where s.device_id = t.device_id)
              and not exists (
                select from session_end s
                where s.device_id = t.device_id
                  and s.ended_at > now() - cast(:lost as double precision) * interval '1 second') %s
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
                  and exists (select from open_session s where s.device_id = t.device_id) %s
                limit 200 for update of t skip locked)
            returning id
            """;

    private static final String UNOFFERED =
            """
            select t.id from transaction t join lateral (
                select s.session_id from open_session s where s.device_id = t.device_id
                order by s.opened desc limit 1) newest on true
            where t.phase = 'QUEUED' and t.expires_at > now() and t.offered_to_session is distinct from newest.session_id %s
            limit 200 for update of t skip locked
            """;

    private static final String ANY = "";
    private static final String ONE = "and t.id = :id";

    private final TransactionConfiguration config;

    DueTransactions(TransactionConfiguration config) {
        this.config = config;
    }

    /** Returns the ids of those that are due now: of up to 200, or of only that one, if it is due. */
    Uni<List<UUID>> lock(Mutiny.Session session, DueReason reason, Optional<UUID> one) {
        return switch (reason) {
            case EXPIRED -> query(session, EXPIRED, one).getResultList();
            case OVERDUE -> query(session, OVERDUE, one).getResultList();
            case CANCEL_UNANSWERED -> query(session, CANCEL_UNANSWERED, one).getResultList();
            case LOST ->
                query(session, LOST, one)
                        .setParameter("lost", seconds(config.deviceLostAfter()))
                        .getResultList();
            case UNREPORTED -> query(session, UNREPORTED, one).getResultList();
            case UNOFFERED -> query(session, UNOFFERED, one).getResultList();
        };
    }

    private static Mutiny.SelectionQuery<UUID> query(Mutiny.Session session, String query, Optional<UUID> one) {
        Mutiny.SelectionQuery<UUID> due =
                session.createNativeQuery(query.formatted(one.isEmpty() ? ANY : ONE), UUID.class);
        one.ifPresent(id -> due.setParameter("id", id));
        return due;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
