package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceEvent.DeviceTransactionEvent;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.outbox.WriteTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Stores device events that can't be applied: nothing that may concern money is discarded. */
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
            counter(reason);
        }
    }

    /** Stores the event; the same event again changes nothing. */
    public Uni<Void> record(WriteTransaction write, DeviceTransactionEvent event, DiscrepancyReason reason) {
        return write.session()
                .createNativeQuery(INSERT)
                .setParameter("transaction", event.transactionId())
                .setParameter("device", event.deviceId())
                .setParameter("type", EventCodec.typeOf(event))
                .setParameter("reason", reason.name())
                .setParameter("payload", EventCodec.encode(event))
                .executeUpdate()
                .invoke(inserted -> alert(inserted, event, reason))
                .replaceWithVoid();
    }

    private Counter counter(DiscrepancyReason reason) {
        return metrics.counter(
                "transaction.discrepancies", "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    private void alert(int inserted, DeviceTransactionEvent event, DiscrepancyReason reason) {
        if (inserted == 0) {
            return;
        }
        counter(reason).increment();
        if (!reason.isAlert()) {
            return;
        }
        LOG.errorf(
                "Device report needs manual review: transactionId=%s deviceId=%s reason=%s",
                event.transactionId(), event.deviceId(), reason);
    }
}
