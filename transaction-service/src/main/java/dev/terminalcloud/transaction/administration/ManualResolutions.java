package dev.terminalcloud.transaction.administration;

import dev.terminalcloud.administration.AuditAction;
import dev.terminalcloud.administration.AuditedChanges;
import dev.terminalcloud.administration.ChangeRequest;
import dev.terminalcloud.administration.ChangeResult;
import dev.terminalcloud.administration.ChangeResult.Outcome;
import dev.terminalcloud.administration.DatabaseOutage;
import dev.terminalcloud.administration.Operator;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.routes.DeviceRoutes;
import dev.terminalcloud.transaction.TransactionConfiguration;
import dev.terminalcloud.transaction.lifecycle.Lifecycle;
import dev.terminalcloud.transaction.lifecycle.ResolutionStatus;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import dev.terminalcloud.transaction.table.TransactionTable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Completes transactions with the outcome of an operator, where {@link ResolutionStatus} needs one.
 *
 * <p>The device is locked first and the transaction second, as for every event of a device: the operator's outcome or
 * the device's report, whichever comes first, is final, and the other does not change it.
 */
@ApplicationScoped
class ManualResolutions {
    private final AuditedChanges changes;
    private final TransactionTable transactions;
    private final DeviceRoutes routes;
    private final Lifecycle lifecycle;
    private final TransactionConfiguration config;

    ManualResolutions(
            AuditedChanges changes,
            TransactionTable transactions,
            DeviceRoutes routes,
            Lifecycle lifecycle,
            TransactionConfiguration config) {
        this.changes = changes;
        this.transactions = transactions;
        this.routes = routes;
        this.lifecycle = lifecycle;
        this.config = config;
    }

    /** Resolves the transaction. A rejection with 404 or 409 is audited too. The same outcome again changes nothing. */
    Uni<Outcome> resolve(Operator operator, UUID id, ManualOutcome manualOutcome) {
        return transactions
                .load(id)
                .onFailure()
                .transform(DatabaseOutage::toApiException)
                .chain(found -> found == null
                        ? rejectUnknown(operator, id, manualOutcome)
                        : resolve(operator, found, manualOutcome, manualOutcome.toReport(found.request())));
    }

    private Uni<Outcome> rejectUnknown(Operator operator, UUID id, ManualOutcome manualOutcome) {
        return changes.execute(
                new ChangeRequest(operator, AuditAction.RESOLVE_TRANSACTION, null, null, id, manualOutcome.details()),
                write -> Uni.createFrom().item(unknown(id)));
    }

    private Uni<Outcome> resolve(
            Operator operator, Transaction found, ManualOutcome manualOutcome, DeviceReport outcome) {
        ChangeRequest request = new ChangeRequest(
                operator, AuditAction.RESOLVE_TRANSACTION, found.deviceId(), null, found.id(), manualOutcome.details());
        return changes.execute(request, write -> routes.lock(write.session(), found.deviceId())
                .chain(() -> transactions.lock(write, List.of(found.id()), List.of()))
                .chain(locked -> locked.isEmpty()
                        ? Uni.createFrom().item(unknown(found.id()))
                        : decide(write, locked.get(found.id()), outcome)));
    }

    private Uni<ChangeResult> decide(WriteTransaction write, Transaction transaction, DeviceReport outcome) {
        return transactions
                .resolutionStatus(write.session(), transaction.id(), config.manualResolutionAfter())
                .map(status -> {
                    if (transaction.state().isResolvedAs(outcome)) {
                        return ChangeResult.unchanged();
                    }
                    if (!status.needsOperator()) {
                        return ChangeResult.refused(409, status.explanation());
                    }
                    lifecycle.resolve(write, transaction, outcome);
                    return ChangeResult.done();
                })
                .map(change -> change.withRegister(
                        transaction.register().vendorName(),
                        transaction.register().registerId()));
    }

    private static ChangeResult unknown(UUID id) {
        return ChangeResult.refused(404, "Transaction " + id + " not found");
    }
}
