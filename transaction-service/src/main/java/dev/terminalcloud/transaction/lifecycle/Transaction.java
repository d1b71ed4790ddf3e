package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.CancellationStatus;
import dev.terminalcloud.events.DeviceReport;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityResult;
import jakarta.persistence.Id;
import jakarta.persistence.SqlResultSetMapping;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * One request to run a function on a device, and its outcome: what was requested, and how far that has got, {@link TransactionState}.
 *
 * <p>The intake inserts the rows and lets the database set the times that decide; a caller that changes the state of one has locked its
 * row with {@code TransactionTable}, which writes the changes. Hibernate only reads.
 */
@Entity
@SqlResultSetMapping(
        name = Transaction.LOCKED,
        entities = @EntityResult(entityClass = Transaction.class),
        columns = @ColumnResult(name = "locked_at", type = Instant.class))
public class Transaction {
    /** Name of the result of a query for transactions, each with the time in the column {@code locked_at}. */
    public static final String LOCKED = "Transaction.locked";

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

    @Embedded
    private TransactionState state;

    /** Null if its row is not locked. */
    @Transient
    private DatabaseTime lockedAt;

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
        this.state = TransactionState.queued();
    }

    /** Sets an id that was chosen before, before it is accepted. */
    public Transaction withId(UUID chosen) {
        id = chosen;
        return this;
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

    /** Sets the time at which the database accepted it, which is also that of its offer. */
    public void accepted(Instant databaseTime) {
        createdAt = databaseTime;
        locked(DatabaseTime.learned(databaseTime));
    }

    /** Sets the time at which the database locked its row: it dates the facts that are added now. */
    public void locked(DatabaseTime time) {
        lockedAt = time;
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

    /** Returns when the database has locked or inserted its row; throws IllegalStateException if it was only read. */
    public DatabaseTime lockedAt() {
        if (lockedAt == null) {
            throw new IllegalStateException("Transaction is not locked: transactionId=" + id);
        }
        return lockedAt;
    }

    public Phase phase() {
        return state.phase();
    }

    /** Returns the version, which grows by one with each change that the register can see, from 1. */
    public long version() {
        return state.version();
    }

    /** Returns what the device shows to the customer; absent after the end. */
    public Optional<String> prompt() {
        return Optional.ofNullable(state.prompt());
    }

    /** Returns the state of the cancellation that its register has requested, if it has. */
    public Optional<CancellationStatus> cancellation() {
        return Optional.ofNullable(state.cancellation()).map(CancellationState::status);
    }

    /** Returns the final outcome; present if and only if the transaction is completed. */
    public Optional<DeviceReport> outcome() {
        return Optional.ofNullable(state.outcome());
    }

    /** Returns all that may have changed since its intake. */
    public TransactionState state() {
        return state;
    }

    /**
     * Changes its state; returns false if it is the same as before.
     *
     * @throws IllegalStateException if the state does not allow the change; names the transaction
     */
    boolean change(UnaryOperator<TransactionState> change) {
        TransactionState before = state;
        try {
            state = change.apply(before);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ": transactionId=" + id, e);
        }
        return !state.equals(before);
    }

    /** Changes its state as {@link #change} does, by a fact of the time at which its row was locked. */
    boolean add(BiFunction<TransactionState, Instant, TransactionState> fact) {
        Instant now = lockedAt().time();
        return change(current -> fact.apply(current, now));
    }
}
