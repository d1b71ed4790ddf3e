package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to run a function on a device, and its outcome.
 *
 * <p>Facts are only ever added: a fact that is there keeps its time, and an outcome is never replaced. The intake
 * inserts the rows and lets the database set the times that decide; a caller that changes one has locked its row with {@link
 * TransactionRepository#lock}, which writes the changes. Hibernate only reads.
 */
@Entity
public class Transaction {
    /** Maximum number of characters of {@link #posReferenceId()}. */
    public static final int MAX_POS_REFERENCE_LENGTH = 64;

    @Id
    private UUID id;

    @Embedded
    private Access access;

    @Embedded
    private RegisterIdentity register;

    private String deviceId;
    private long pairingNumber;

    @Embedded
    private TransactionRequest request;

    @Embedded
    private RefundedTransaction refunded;

    private Instant createdAt;
    private String callbackUrl;
    private String posReferenceId;
    private String idempotencyKeyHash;
    private String traceparent;

    @Enumerated(EnumType.STRING)
    private Phase phase;

    private long version;
    private Instant offeredAt;
    private UUID offeredToSession;
    private Instant deliveredAt;
    private Instant startedAt;
    private Instant delayedAt;
    private Instant neverSeenAt;
    private Instant reportUnreadableAt;
    private Instant finishedAt;
    private Instant resolvedManuallyAt;
    private String prompt;

    @Embedded
    private CancellationState cancellation;

    @Convert(converter = DeviceReportConverter.class)
    @Column(name = "outcome")
    private DeviceReport outcome;

    /** For Hibernate. */
    protected Transaction() {}

    /**
     * Creates a transaction that is about to be accepted; its id is chosen before, so that a commit in doubt can be
     * resolved.
     */
    public Transaction(
            RegisterIdentity register,
            String deviceId,
            long pairingNumber,
            TransactionRequest request,
            String callbackUrl) {
        this.id = UUID.randomUUID();
        this.access = Access.first();
        this.register = register;
        this.deviceId = deviceId;
        this.pairingNumber = pairingNumber;
        this.request = request;
        this.callbackUrl = callbackUrl;
        this.phase = Phase.QUEUED;
        this.version = 1;
    }

    /**
     * Sets what its register finds it by, before it is accepted.
     *
     * @param reference the register's own reference; null without one
     * @param keyHash the hash of the key of its start; null without one
     */
    public Transaction foundBy(String reference, String keyHash) {
        posReferenceId = reference;
        idempotencyKeyHash = keyHash;
        return this;
    }

    /** Sets the transaction that it refunds, before it is accepted; null if it refunds none in particular. */
    public Transaction refunding(RefundedTransaction original) {
        refunded = original;
        return this;
    }

    /** Sets where its trace begins, before it is accepted; null if it is not traced. */
    public Transaction tracedFrom(String begin) {
        traceparent = begin;
        return this;
    }

    /** Sets the time at which the database accepted it. */
    public void accepted(Instant databaseTime) {
        createdAt = databaseTime;
    }

    public UUID id() {
        return id;
    }

    /** Returns the token that a poll must present, which is also the key of its callbacks' signatures. Never logged. */
    public UUID accessToken() {
        return access.token();
    }

    /** Returns the time from which the lifetime of {@link #accessToken()} counts. */
    public Instant accessTokenIssuedAt() {
        return access.issuedAt() == null ? createdAt : access.issuedAt();
    }

    /** Returns true if no register has {@link #accessToken()}, and its callback URL is deleted. */
    public boolean isAccessErased() {
        return access.erasedAt() != null;
    }

    public RegisterIdentity register() {
        return register;
    }

    public String deviceId() {
        return deviceId;
    }

    /** Returns the device's pairing number as of the intake: the device refuses an offer of an older pairing. */
    public long pairingNumber() {
        return pairingNumber;
    }

    public TransactionRequest request() {
        return request;
    }

    /** Returns the transaction that it refunds, if it is a linked refund. */
    public Optional<RefundedTransaction> refunded() {
        return Optional.ofNullable(refunded);
    }

    /** Returns the URL of the completion callback, if the POS wants one. */
    public Optional<String> callbackUrl() {
        return Optional.ofNullable(callbackUrl);
    }

    /** Returns the register's own reference for the sale, if it has sent one. */
    public Optional<String> posReferenceId() {
        return Optional.ofNullable(posReferenceId);
    }

    /** Returns the hash of the key with which its register may repeat the start, if it has sent one. */
    public Optional<String> idempotencyKeyHash() {
        return Optional.ofNullable(idempotencyKeyHash);
    }

    /** Returns where its trace began, as a {@code traceparent}; null if it is not traced. */
    public String traceparent() {
        return traceparent;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Phase phase() {
        return phase;
    }

    /** Returns the version, which grows by one with each change that the register can see, from 1. */
    public long version() {
        return version;
    }

    /** Returns the time when it was first offered to its device. */
    public Optional<Instant> offeredAt() {
        return Optional.ofNullable(offeredAt);
    }

    /** Returns the session that it was last offered to. */
    public Optional<UUID> offeredToSession() {
        return Optional.ofNullable(offeredToSession);
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

    /** Returns what the device shows to the customer; absent after the end. */
    public Optional<String> prompt() {
        return Optional.ofNullable(prompt);
    }

    /** Returns the state of the cancellation that its register has requested, if it has. */
    public Optional<CancellationStatus> cancellation() {
        return Optional.ofNullable(cancellation).map(CancellationState::status);
    }

    /** Returns the time when its register has last requested the cancellation. */
    public Optional<Instant> cancelRequestedAt() {
        return Optional.ofNullable(cancellation).map(CancellationState::requestedAt);
    }

    /** Returns true from the time when it was delayed to the end. */
    public boolean isDelayed() {
        return delayedAt != null;
    }

    /** Returns true if the device reported that it does not know the transaction, although it was granted. */
    public boolean wasNeverSeen() {
        return neverSeenAt != null;
    }

    /** Returns the final outcome; present if and only if the transaction is completed. */
    public Optional<DeviceReport> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Returns the time when the outcome became final. */
    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    /** Returns true if an operator resolved it with exactly this outcome. */
    public boolean isResolvedAs(DeviceReport report) {
        return wasResolvedManually() && report.equals(outcome);
    }

    /** Returns true if its outcome is that of an operator. */
    boolean wasResolvedManually() {
        return resolvedManuallyAt != null;
    }

    /** Returns true if it ended without a payment, no matter who cancelled it. */
    boolean endedInCancellation() {
        return outcome != null && outcome.transactionResult() == TransactionResult.CANCELLED;
    }

    /** Returns what may have changed since its intake. */
    TransactionSnapshot snapshot() {
        return new TransactionSnapshot(
                phase,
                version,
                offeredAt,
                offeredToSession,
                deliveredAt,
                startedAt,
                delayedAt,
                neverSeenAt,
                reportUnreadableAt,
                finishedAt,
                resolvedManuallyAt,
                prompt,
                cancellation,
                outcome);
    }

    void offeredTo(UUID session, Instant now) {
        offeredToSession = session;
        offeredAt = firstKnown(offeredAt, now);
    }

    /** Marks that its device has it; returns false if that was known. Visible only if the device has not claimed it. */
    boolean delivered(Instant now) {
        boolean isNew = deliveredAt == null;
        deliveredAt = firstKnown(deliveredAt, now);
        return isNew;
    }

    /** Makes it visible that the device has it although it has not claimed it; returns false if that changes nothing. */
    boolean sent(Instant now) {
        boolean isNew = phase == Phase.QUEUED && delivered(now);
        if (isNew) {
            version++;
        }
        return isNew;
    }

    /** Marks that it ends since the register has cancelled it before its start. */
    void cancelledBeforeStart() {
        cancellation = CancellationState.beforeStart();
    }

    /** Marks that its device is asked to stop it; returns false if it was before, or has answered that it can't. */
    boolean cancelRequested(Instant now) {
        if (cancellation != null && !cancellation.mayBeRequestedAgain()) {
            return false;
        }
        cancellation = CancellationState.requested(now);
        version++;
        return true;
    }

    /** Returns whether its device is being asked to stop it. */
    boolean isCancellationOpen() {
        return cancellation != null && cancellation.isOpen();
    }

    /** Marks that its device can't stop it, or has not answered; returns false if no request is open. */
    boolean cancellationEnded(CancellationStatus status) {
        if (!isCancellationOpen()) {
            return false;
        }
        cancellation = cancellation.answered(status);
        version++;
        return true;
    }

    /** Marks that the device has acted on it without a grant, before its outcome follows. */
    void ranWithoutGrant(Instant now) {
        startedAt = firstKnown(startedAt, now);
    }

    void started(Instant now) {
        phase = Phase.STARTED;
        startedAt = firstKnown(startedAt, now);
        version++;
    }

    /** Sets the prompt that the device shows to the customer; returns false if that changes nothing. */
    boolean prompted(String shown) {
        if (phase != Phase.STARTED || shown.equals(prompt)) {
            return false;
        }
        prompt = shown;
        version++;
        return true;
    }

    /** Marks it as delayed; returns false if it was before. */
    boolean delayed(Instant now) {
        if (isDelayed()) {
            return false;
        }
        delayedAt = now;
        version++;
        return true;
    }

    /** Marks it as never seen by its device; returns false if it was before. */
    boolean neverSeen(Instant now) {
        if (wasNeverSeen()) {
            return false;
        }
        neverSeenAt = now;
        return true;
    }

    /** Marks that its device may have reported in words that can't be used; changes nothing if it was marked before. */
    void reportUnreadable(Instant now) {
        reportUnreadableAt = firstKnown(reportUnreadableAt, now);
    }

    /** Returns true if its device has sent something that can't be used and that may be its report. */
    boolean hasUnreadableReport() {
        return reportUnreadableAt != null;
    }

    /** Marks its outcome, which follows, as that of an operator. */
    void resolvedManually(Instant now) {
        resolvedManuallyAt = now;
    }

    void completed(DeviceReport report, Instant now) {
        if (phase == Phase.COMPLETED) {
            throw new IllegalStateException("Outcome is already final: transactionId=" + id);
        }
        phase = Phase.COMPLETED;
        prompt = null;
        outcome = report;
        if (cancellation != null) {
            cancellation = cancellation.afterEnd(endedInCancellation());
        }
        finishedAt = now;
        version++;
    }

    private static Instant firstKnown(Instant known, Instant now) {
        return known == null ? now : known;
    }
}
