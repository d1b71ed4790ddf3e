package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceMessageUnreadable;
import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.DeviceEvent.SessionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.outbox.WriteTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Stores device events that can't be applied: nothing that may concern money is discarded. */
@Startup
@ApplicationScoped
public class Discrepancies {
    private static final Logger LOG = Logger.getLogger(Discrepancies.class);
    private static final String INSERT =
            """
            insert into discrepancy (transaction_id, device_id, type, reason, payload)
            values (cast(:transaction as uuid), :device, :type, :reason, :payload)
            on conflict do nothing
            """;

    private final MeterRegistry metrics;

    Discrepancies(MeterRegistry metrics) {
        this.metrics = metrics;
        for (DiscrepancyReason reason : DiscrepancyReason.values()) {
            counter(reason);
        }
    }

    /** Stores the event; the same event again, also from another session, changes nothing. */
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
                .createNativeQuery(INSERT)
                .setParameter("transaction", transactionId)
                .setParameter("device", event.deviceId())
                .setParameter("type", EventCodec.typeOf(event))
                .setParameter("reason", reason.name())
                .setParameter("payload", EventCodec.encode(event))
                .executeUpdate()
                .invoke(inserted -> alert(inserted, event.deviceId(), transactionId, reason))
                .replaceWithVoid();
    }

    private Counter counter(DiscrepancyReason reason) {
        return metrics.counter(
                "transaction.discrepancies", "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private void alert(int inserted, String deviceId, UUID transactionId, DiscrepancyReason reason) {
        if (inserted == 0) {
            return;
        }
        counter(reason).increment();
        if (!reason.isAlert()) {
            return;
        }
        LOG.errorf(
                "Device report needs manual review: transactionId=%s deviceId=%s reason=%s",
                transactionId, deviceId, reason);
    }
}
