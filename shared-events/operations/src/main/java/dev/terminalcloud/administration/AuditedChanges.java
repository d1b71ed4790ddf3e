package dev.terminalcloud.administration;

import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.posapi.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The only way for operators to change something: the change, its events and its entry in the audit trail are one
 * database transaction. A refused request is recorded too; then nothing else has changed.
 */
@ApplicationScoped
public class AuditedChanges {
    private static final Logger LOG = Logger.getLogger(AuditedChanges.class);

    private final Outbox outbox;

    AuditedChanges(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Runs the work, which must not have changed anything when it refuses, and completes after the commit.
     *
     * @throws ApiException if the request is refused; 503 if the database is unavailable and the outcome is unknown
     */
    public Uni<Outcome> execute(ChangeRequest request, Function<WriteTransaction, Uni<ChangeResult>> work) {
        return outbox.inTransaction(transaction ->
                        work.apply(transaction).call(change -> insertEntry(transaction, request, change)))
                .onFailure()
                .transform(DatabaseOutage::toApiException)
                .invoke(change -> logResult(request, change))
                .map(AuditedChanges::outcome);
    }

    private static Uni<Void> insertEntry(WriteTransaction transaction, ChangeRequest request, ChangeResult change) {
        JsonObject entry = new JsonObject()
                .put("principal", request.operator().principal())
                .put("address", request.operator().address())
                .put("action", request.action().name())
                .put("device_id", request.deviceId())
                .put("other_device_id", request.otherDeviceId())
                .put("transaction_id", Objects.toString(request.transactionId(), null))
                .put("vendor_name", change.vendorName())
                .put("register_id", change.registerId())
                .put("details", withoutNulls(request.details()))
                .put("outcome", change.outcome().name())
                .put("reason", change.reason());
        return transaction.session().flush().chain(() -> AuditTable.insert(transaction.session(), entry));
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> details) {
        if (details == null) {
            return null;
        }
        Map<String, Object> known = new LinkedHashMap<>(details);
        known.values().removeIf(Objects::isNull);
        return known;
    }

    private static void logResult(ChangeRequest request, ChangeResult change) {
        LOG.infof(
                "Operator request completed: action=%s deviceId=%s transactionId=%s outcome=%s",
                request.action(), request.deviceId(), request.transactionId(), change.outcome());
    }

    private static Outcome outcome(ChangeResult change) {
        if (change.outcome() == Outcome.REFUSED) {
            throw ApiException.of(change.status(), change.reason());
        }
        return change.outcome();
    }
}
