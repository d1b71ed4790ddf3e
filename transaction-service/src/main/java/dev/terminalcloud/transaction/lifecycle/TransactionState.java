package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;

/**
 * The part of a transaction that may change after its intake, as it is at one time: the columns that {@code TransactionTable} writes.
 * Everything else is as its intake has inserted it, or is changed by statements of its own.
 *
 * <p>Facts are only ever added: a fact that is there keeps its time, and an outcome is never replaced. The time of a cancellation is that of
 * its last request: one that was not answered may be requested again. A change that changes nothing returns an equal state.
 *
 * @param version grows by one with each change that the register can see, from 1
 * @param offeredAt when it was first offered to its device
 * @param offeredToSession the session that it was last offered to
 * @param prompt what the device shows to the customer; null after the end
 * @param finishedAt when the outcome became final
 */
@Embeddable
@RecordBuilder
public record TransactionState(
        @Enumerated(EnumType.STRING) Phase phase,
        long version,
        Instant offeredAt,
        UUID offeredToSession,
        Instant deliveredAt,
        Instant startedAt,
        Instant delayedAt,
        Instant neverSeenAt,
        Instant reportUnreadableAt,
        Instant finishedAt,
        Instant resolvedManuallyAt,
        String prompt,
        CancellationState cancellation,
        @Convert(converter = DeviceReportConverter.class) DeviceReport outcome)
        implements TransactionStateBuilder.With {
    private static final DeviceReportConverter REPORTS = new DeviceReportConverter();

    /** Returns that of a transaction which is about to be accepted. */
    static TransactionState queued() {
        return TransactionStateBuilder.builder().phase(Phase.QUEUED).version(1).build();
    }

    /** Returns how far it has certainly got. */
    public Delivery delivery() {
        return switch (phase) {
            case QUEUED -> deliveredAt == null ? Delivery.QUEUED : Delivery.SENT;
            case STARTED -> Delivery.STARTED;
            case COMPLETED -> certainlyNeverRan() ? Delivery.NOT_STARTED : Delivery.STARTED;
        };
    }

    /** The device refused it, or it ended as cancelled before the device was allowed to act on it. */
    private boolean certainlyNeverRan() {
        return outcome.result() == Result.FAILED_INTERFACE || (startedAt == null && endedInCancellation());
    }

    /** Returns true from the time when it was delayed to the end. */
    public boolean isDelayed() {
        return delayedAt != null;
    }

    /** Returns true if the device reported that it does not know the transaction, although it was granted. */
    public boolean wasNeverSeen() {
        return neverSeenAt != null;
    }

    /** Returns true if its device has sent something that can't be used and that may be its report. */
    boolean hasUnreadableReport() {
        return reportUnreadableAt != null;
    }

    /** Returns true if its outcome is that of an operator. */
    boolean wasResolvedManually() {
        return resolvedManuallyAt != null;
    }

    /** Returns true if an operator resolved it with exactly this outcome. */
    public boolean isResolvedAs(DeviceReport report) {
        return wasResolvedManually() && report.equals(outcome);
    }

    /** Returns true if it ended without a payment, no matter who cancelled it. */
    boolean endedInCancellation() {
        return outcome != null && outcome.transactionResult() == TransactionResult.CANCELLED;
    }

    /** Returns whether its device is being asked to stop it. */
    boolean isCancellationOpen() {
        return cancellation != null && cancellation.isOpen();
    }

    TransactionState offeredTo(UUID session, Instant now) {
        return with().offeredToSession(session)
                .offeredAt(firstKnown(offeredAt, now))
                .build();
    }

    /** Marks that its device has it. Visible only if the device has not claimed it. */
    TransactionState delivered(Instant now) {
        return withDeliveredAt(firstKnown(deliveredAt, now));
    }

    /** Makes it visible that the device has it although it has not claimed it. */
    TransactionState sent(Instant now) {
        return phase == Phase.QUEUED && deliveredAt == null
                ? next().deliveredAt(now).build()
                : this;
    }

    /** Marks that it ends since the register has cancelled it before its start. */
    TransactionState cancelledBeforeStart() {
        return withCancellation(CancellationState.beforeStart());
    }

    /** Marks that its device is asked to stop it; changes nothing if it was before, or has answered that it can't. */
    TransactionState cancelRequested(Instant now) {
        return cancellation == null || cancellation.mayBeRequestedAgain()
                ? next().cancellation(CancellationState.requested(now)).build()
                : this;
    }

    /** Marks that its device can't stop it, or has not answered; changes nothing if no request is open. */
    TransactionState cancellationEnded(CancellationStatus status) {
        return isCancellationOpen()
                ? next().cancellation(cancellation.answered(status)).build()
                : this;
    }

    /** Marks that the device has acted on it without a grant, before its outcome follows. */
    TransactionState ranWithoutGrant(Instant now) {
        return withStartedAt(firstKnown(startedAt, now));
    }

    /** @throws IllegalStateException if it has ended */
    TransactionState started(Instant now) {
        checkNotEnded();
        return next().phase(Phase.STARTED).startedAt(firstKnown(startedAt, now)).build();
    }

    /** Sets the prompt that the device shows to the customer, while it runs. */
    TransactionState prompted(String shown) {
        return phase == Phase.STARTED && !shown.equals(prompt)
                ? next().prompt(shown).build()
                : this;
    }

    TransactionState delayed(Instant now) {
        return isDelayed() ? this : next().delayedAt(now).build();
    }

    TransactionState neverSeen(Instant now) {
        return withNeverSeenAt(firstKnown(neverSeenAt, now));
    }

    /** Marks that its device may have reported in words that can't be used. */
    TransactionState reportUnreadable(Instant now) {
        return withReportUnreadableAt(firstKnown(reportUnreadableAt, now));
    }

    /** Marks its outcome, which follows, as that of an operator. */
    TransactionState resolvedManually(Instant now) {
        return withResolvedManuallyAt(firstKnown(resolvedManuallyAt, now));
    }

    /**
     * Ends it with this outcome, which is final.
     *
     * @throws IllegalStateException if it has ended
     */
    TransactionState completed(DeviceReport report, Instant now) {
        checkNotEnded();
        TransactionState ended = next().phase(Phase.COMPLETED)
                .prompt(null)
                .outcome(report)
                .finishedAt(now)
                .build();
        return cancellation == null
                ? ended
                : ended.withCancellation(cancellation.afterEnd(ended.endedInCancellation()));
    }

    private void checkNotEnded() {
        if (phase == Phase.COMPLETED) {
            throw new IllegalStateException("Outcome is already final");
        }
    }

    /** Begins a change that the register can see. */
    private TransactionStateBuilder next() {
        return with().version(version + 1);
    }

    private static Instant firstKnown(Instant known, Instant now) {
        return known == null ? now : known;
    }

    /** Returns the row of the statement that writes it, with the id of its transaction. */
    public JsonObject toRow(UUID id) {
        return new JsonObject()
                .put("id", id.toString())
                .put("phase", phase.name())
                .put("version", version)
                .put("offered", text(offeredAt))
                .put("session", text(offeredToSession))
                .put("delivered", text(deliveredAt))
                .put("started", text(startedAt))
                .put("delayed", text(delayedAt))
                .put("neverSeen", text(neverSeenAt))
                .put("unreadable", text(reportUnreadableAt))
                .put("finished", text(finishedAt))
                .put("resolved", text(resolvedManuallyAt))
                .put("prompt", prompt)
                .put("cancellation", cancellation == null ? null : text(cancellation.status()))
                .put("cancelRequested", cancellation == null ? null : text(cancellation.requestedAt()))
                .put("outcome", REPORTS.convertToDatabaseColumn(outcome));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
