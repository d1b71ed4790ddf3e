package dev.terminalcloud.transaction.lifecycle;

import jakarta.persistence.Embedded;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a register has requested, on which device, and how it finds the transaction again: fixed from the intake, but for the token. */
@MappedSuperclass
public abstract class RequestedTransaction {
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

    /** For Hibernate. */
    protected RequestedTransaction() {}

    RequestedTransaction(
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

    final void setReferences(String reference, String keyHash) {
        posReferenceId = reference;
        idempotencyKeyHash = keyHash;
    }

    final void setRefunded(RefundedTransaction original) {
        refunded = original;
    }

    final void setTraceparent(String begin) {
        traceparent = begin;
    }
}
