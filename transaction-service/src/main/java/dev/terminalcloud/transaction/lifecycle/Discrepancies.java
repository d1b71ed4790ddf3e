package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.database.Rows;
import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.outbox.BatchStatement;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.retention.BatchedCleanup;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * The table {@code discrepancy}. Stores device events that can't be applied: nothing that may concern money is discarded, but no device may
 * fill the table.
 */
@Startup
@ApplicationScoped
public class Discrepancies {
    private static final Logger LOG = Logger.getLogger(Discrepancies.class);
    private static final String STORED = "transaction.discrepancies";
    private static final String NOT_STORED = "transaction.discrepancies.not.stored";

    /**
     * Stores those events of a batch that are new, while their device has stored fewer than its limit within an hour: those of
     * one class of reasons count together.
     */
    private static final String INSERT =
            """
            with event as (
                select r.*, coalesce(transaction, '00000000-0000-0000-0000-000000000000') as about,
                    md5(regexp_replace(payload, '"sessionId":"[-0-9a-f]*"', '')) as words
                from rows from (json_to_recordset(cast(cast(:events as text) as json)) as (
                    transaction uuid, device text, type text, reason text, payload text, unrelated boolean, max bigint))
                    with ordinality as r(transaction, device, type, reason, payload, unrelated, max, number)),
            distinct_event as (
                select distinct on (about, device, type, reason, words) * from event
                order by about, device, type, reason, words, number),
            fresh as (
                select e.*, row_number() over (partition by device, unrelated order by number) as position
                from distinct_event e
                where not exists (
                    select from discrepancy known
                    where coalesce(known.transaction_id, '00000000-0000-0000-0000-000000000000') = e.about
                      and known.device_id = e.device and known.type = e.type and known.reason = e.reason
                      and md5(regexp_replace(known.payload, '"sessionId":"[-0-9a-f]*"', '')) = e.words)),
            recent as (
                select device, unrelated, (
                    select count(*) from (
                        select from discrepancy
                        where device_id = device and recorded_at > now() - interval '1 hour'
                          and (reason in ('UNKNOWN_TRANSACTION', 'OTHER_DEVICE')) = unrelated
                        limit :most) newest) as stored
                from (select distinct device, unrelated from fresh) class),
            accepted as (
                select fresh.*, stored + position <= max as stores from fresh join recent using (device, unrelated)),
            inserted as (
                insert into discrepancy (transaction_id, device_id, type, reason, payload)
                select transaction, device, type, reason, payload from accepted where stores
                order by number
                on conflict do nothing)
            select case when stores then 'STORED' when stores is null then 'KNOWN' else 'OVER_LIMIT' end
            from event left join accepted using (number)
            order by number
            """;

    private static final String DELETE_EXPIRED =
            """
            delete from discrepancy where id in (
                select d.id from discrepancy d
                where d.recorded_at < now() - make_interval(secs => $1)
                  and not exists (
                    select from transaction_overview t where t.id = d.transaction_id and t.phase <> 'COMPLETED')
                limit $2 for update of d skip locked)
            """;

    private static final String OF_TRANSACTION =
            "select type, reason, payload, recorded_at, device_id from discrepancy where transaction_id = $1 order by id";

    /**
     * An event that can't be applied.
     *
     * @param transactionId the transaction that it is or may be about; null without one
     */
    private record Discrepancy(SessionEvent event, UUID transactionId, DiscrepancyReason reason) {}

    private final BatchStatement<Discrepancy> insertion = this::insert;
    private final TransactionConfiguration config;
    private final MeterRegistry metrics;

    private enum Insertion {
        STORED,
        /** The same event was stored before. */
        KNOWN,
        /** The device has sent too many. */
        OVER_LIMIT
    }

    Discrepancies(TransactionConfiguration config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        for (DiscrepancyReason reason : DiscrepancyReason.values()) {
            counter(STORED, reason);
            counter(NOT_STORED, reason);
        }
    }

    /**
     * Deletes those that are that old, of one batch, but none of a transaction that has not ended.
     *
     * @return how many
     */
    public static Uni<Integer> deleteExpired(Pool pool, Duration age) {
        return BatchedCleanup.removeOlder(pool, DELETE_EXPIRED, age);
    }

    /** Returns those of a transaction, in the order in which they were stored. */
    public static Uni<List<StoredDiscrepancy>> of(Pool pool, UUID transactionId) {
        return pool.preparedQuery(OF_TRANSACTION)
                .mapping(StoredDiscrepancy::of)
                .execute(Tuple.of(transactionId))
                .map(Rows::list);
    }

    /**
     * Stores the event, without its receipt; the same event again, also from another session, changes nothing. Beyond the
     * limit of its device it is only counted.
     */
    public void record(WriteTransaction write, DeviceTransactionEvent event, DiscrepancyReason reason) {
        write.addBatch(insertion, new Discrepancy(event, event.transactionId(), reason));
    }

    /**
     * Stores an event that names no transaction.
     *
     * @param transactionId the transaction that it may be about; null without one
     */
    void recordUnreadable(WriteTransaction write, DeviceMessageUnreadable event, UUID transactionId) {
        write.addBatch(insertion, new Discrepancy(event, transactionId, DiscrepancyReason.UNREADABLE_MESSAGE));
    }

    private Uni<Void> insert(Mutiny.Session session, List<Discrepancy> events) {
        JsonArray rows = new JsonArray();
        events.forEach(event -> rows.add(row(event)));
        return session.createNativeQuery(INSERT, String.class)
                .setParameter("events", rows.encode())
                .setParameter(
                        "most",
                        Math.max(
                                config.discrepancies().maxUnrelatedPerHour(),
                                config.discrepancies().maxPerHour()))
                .getResultList()
                .invoke(insertions -> {
                    for (int i = 0; i < insertions.size(); i++) {
                        count(Insertion.valueOf(insertions.get(i)), events.get(i));
                    }
                })
                .replaceWithVoid();
    }

    private JsonObject row(Discrepancy discrepancy) {
        return new JsonObject()
                .put(
                        "transaction",
                        discrepancy.transactionId() == null
                                ? null
                                : discrepancy.transactionId().toString())
                .put("device", discrepancy.event().deviceId())
                .put("type", EventCodec.typeOf(discrepancy.event()))
                .put("reason", discrepancy.reason().name())
                .put("payload", KeptEvent.of(discrepancy.event()))
                .put("unrelated", discrepancy.reason().isUnrelated())
                .put("max", max(discrepancy.reason()));
    }

    private int max(DiscrepancyReason reason) {
        return reason.isUnrelated()
                ? config.discrepancies().maxUnrelatedPerHour()
                : config.discrepancies().maxPerHour();
    }

    private Counter counter(String name, DiscrepancyReason reason) {
        return metrics.counter(name, "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private void count(Insertion insertion, Discrepancy discrepancy) {
        switch (insertion) {
            case STORED -> alert(discrepancy);
            case OVER_LIMIT -> counter(NOT_STORED, discrepancy.reason()).increment();
            case KNOWN -> {}
        }
    }

    private void alert(Discrepancy discrepancy) {
        counter(STORED, discrepancy.reason()).increment();
        if (discrepancy.reason().isAlert()) {
            LOG.errorf(
                    "Device report needs manual review: transactionId=%s deviceId=%s reason=%s",
                    discrepancy.transactionId(), discrepancy.event().deviceId(), discrepancy.reason());
        }
    }
}
