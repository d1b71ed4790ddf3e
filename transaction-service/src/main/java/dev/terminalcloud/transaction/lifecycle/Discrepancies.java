package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.outbox.WriteTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Keeps what a device said and what can't be applied: nothing that may speak of money is thrown away. */
@Startup
@ApplicationScoped
public class Discrepancies {
    private static final Logger LOG = Logger.getLogger(Discrepancies.class);
    private static final String INSERT =
            """
            insert into discrepancy (transaction_id, device_id, type, reason, payload)
            values (:transaction, :device, :type, :reason, :payload)
            on conflict do nothing
            """;

    private final MeterRegistry metrics;

    Discrepancies(MeterRegistry metrics) {
        this.metrics = metrics;
        for (DiscrepancyReason reason : DiscrepancyReason.values()) {
            metrics.counter("transaction.discrepancies", "reason", reason.name());
        }
    }

    /** Keeps the event; the same event again changes nothing. */
    public Uni<Void> record(WriteTransaction write, DeviceTransactionEvent event, DiscrepancyReason reason) {
        return write.session()
                .createNativeQuery(INSERT)
                .setParameter("transaction", event.transactionId())
                .setParameter("device", event.deviceId())
                .setParameter("type", EventCodec.typeOf(event))
                .setParameter("reason", reason.name())
                .setParameter("payload", EventCodec.encode(event))
                .executeUpdate()
                .invoke(kept -> alert(kept, event, reason))
                .replaceWithVoid();
    }

    private void alert(int kept, DeviceTransactionEvent event, DiscrepancyReason reason) {
        if (kept == 0) {
            return;
        }
        metrics.counter("transaction.discrepancies", "reason", reason.name()).increment();
        if (!reason.isAlert()) {
            return;
        }
        LOG.errorf(
                "a person must look at what a device said: transactionId=%s deviceId=%s reason=%s",
                event.transactionId(), event.deviceId(), reason);
    }
}
