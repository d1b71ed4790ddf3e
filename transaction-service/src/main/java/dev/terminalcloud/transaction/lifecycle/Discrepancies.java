package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.transaction.TransactionConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Stores device events that can't be applied: nothing that may concern money is discarded, but no device may fill the table.
 */
@Startup
@ApplicationScoped
public class Discrepancies {
    private static final Logger LOG = Logger.getLogger(Discrepancies.class);
    private static final String STORED = "transaction.discrepancies";
    private static final String NOT_STORED = "transaction.discrepancies.not.stored";

    /**
     * Stores the event if its device has stored fewer than its limit within an hour: those of one class of reasons count
     * together.
     */
    private static final String INSERT =
            """
            with recent as (
                select count(*) as stored from (
                    select from discrepancy
                    where device_id = :device and recorded_at > now() - interval '1 hour'
                      and (reason in ('UNKNOWN_TRANSACTION', 'OTHER_DEVICE')) = :unrelated
                    limit :max) newest),
            inserted as (
                insert into discrepancy (transaction_id, device_id, type, reason, payload)
                select cast(:transaction as uuid), :device, :type, :reason, :payload
                from recent where stored < :max
                on conflict do nothing
                returning 1)
            select case
                when exists (select from inserted) then 'STORED'
                when (select stored from recent) < :max then 'KNOWN'
                else 'OVER_LIMIT' end
            """;

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
     * Stores the event, without its receipt; the same event again, also from another session, changes nothing. Beyond the
     * limit of its device it is only counted.
     */
    public Uni<Void> record(WriteTransaction write, DeviceTransactionEvent event, DiscrepancyReason reason) {
        return record(write, event, event.transactionId(), reason);
    }

    /**
     * Stores an event that names no transaction.
     *
     * @param transactionId the transaction that it may be about; null without one
     */
    Uni<Void> recordUnreadable(WriteTransaction write, DeviceMessageUnreadable event, UUID transactionId) {
        return record(write, event, transactionId, DiscrepancyReason.UNREADABLE_MESSAGE);
    }

    private Uni<Void> record(WriteTransaction write, SessionEvent event, UUID transactionId, DiscrepancyReason reason) {
        return write.session()
                .createNativeQuery(INSERT, String.class)
                .setParameter("transaction", transactionId)
                .setParameter("device", event.deviceId())
                .setParameter("type", EventCodec.typeOf(event))
                .setParameter("reason", reason.name())
                .setParameter("payload", KeptEvent.of(event))
                .setParameter("unrelated", reason.isUnrelated())
                .setParameter("max", max(reason))
                .getSingleResult()
                .invoke(inserted -> count(Insertion.valueOf(inserted), event.deviceId(), transactionId, reason))
                .replaceWithVoid();
    }

    private int max(DiscrepancyReason reason) {
        return reason.isUnrelated()
                ? config.discrepancies().maxUnrelatedPerHour()
                : config.discrepancies().maxPerHour();
    }

    private Counter counter(String name, DiscrepancyReason reason) {
        return metrics.counter(name, "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private void count(Insertion insertion, String deviceId, UUID transactionId, DiscrepancyReason reason) {
        switch (insertion) {
            case STORED -> alert(deviceId, transactionId, reason);
            case OVER_LIMIT -> counter(NOT_STORED, reason).increment();
            case KNOWN -> {}
        }
    }

    private void alert(String deviceId, UUID transactionId, DiscrepancyReason reason) {
        counter(STORED, reason).increment();
        if (reason.isAlert()) {
            LOG.errorf(
                    "Device report needs manual review: transactionId=%s deviceId=%s reason=%s",
                    transactionId, deviceId, reason);
        }
    }
}
