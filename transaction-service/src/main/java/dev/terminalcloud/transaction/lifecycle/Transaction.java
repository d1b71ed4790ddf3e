package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceReport;
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
import org.hibernate.annotations.DynamicUpdate;

/**
 * One request to run a function on a device, and what became of it.
 *
 * <p>Facts are only ever added: a fact that is there keeps its time, and an outcome is never replaced. Rows are inserted
 * by the intake, which lets the database set the times that decide; whoever changes one has locked its row.
 */
@Entity
@DynamicUpdate
public class Transaction {
    @Id
    private UUID id;

    private UUID accessToken;

    @Embedded
    private RegisterIdentity register;

    private String deviceId;
    private long pairingNumber;

    @Embedded
    private TransactionRequest request;

    @Enumerated(EnumType.STRING)
    private Phase phase;

    private long version;
    private Instant createdAt;
    private Instant offeredAt;
    private UUID offeredToSession;
    private Instant deliveredAt;
    private Instant startedAt;
    private Instant delayedAt;
    private Instant neverSeenAt;
    private Instant finishedAt;
    private Instant resolvedManuallyAt;
    private String prompt;
    private String callbackUrl;

    @Convert(converter = DeviceReportConverter.class)
    @Column(name = "outcome")
    private DeviceReport outcome;

    /** For Hibernate. */
    protected Transaction() {}

    /** A transaction that is about to be taken in; its id is chosen before, so that an unclear commit can be settled. */
    public Transaction(
            RegisterIdentity register,
            String deviceId,
            long pairingNumber,
            TransactionRequest request,
            String callbackUrl) {
        this.id = UUID.randomUUID();
        this.accessToken = UUID.randomUUID();
        this.register = register;
        this.deviceId = deviceId;
        this.pairingNumber = pairingNumber;
        this.request = request;
        this.callbackUrl = callbackUrl;
        this.phase = Phase.QUEUED;
        this.version = 1;
    }

    /** The database has it since then. */
    public void accepted(Instant databaseTime) {
        createdAt = databaseTime;
    }

    public UUID id() {
        return id;
    }

    /** What a poll must show; also the key that its callbacks are signed with. Never logged. */
    public UUID accessToken() {
        return accessToken;
    }

    public RegisterIdentity register() {
        return register;
    }

    public String deviceId() {
        return deviceId;
    }

    /** The device's pairing number as of the intake: the device refuses an offer of an older pairing. */
    public long pairingNumber() {
        return pairingNumber;
    }

    public TransactionRequest request() {
        return request;
    }

    /** Where the POS wants to be told of the end. */
    public Optional<String> callbackUrl() {
        return Optional.ofNullable(callbackUrl);
    }

    public Phase phase() {
        return phase;
    }

    /** Grows by one with each change that the register can see, from 1. */
    public long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it was first offered to its device. */
    public Optional<Instant> offeredAt() {
        return Optional.ofNullable(offeredAt);
    }

    /** The session that it was last offered to. */
    public Optional<UUID> offeredToSession() {
        return Optional.ofNullable(offeredToSession);
    }

    /** True from the first sign of trouble to the end. */
    public boolean isDelayed() {
        return delayedAt != null;
    }

    /** True if the device said that it does not know a transaction that it was granted. */
    public boolean wasNeverSeen() {
        return neverSeenAt != null;
    }

    /** The final outcome; there if and only if the transaction is completed. */
    public Optional<DeviceReport> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** When the outcome became final. */
    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAt);
    }

    /** True if an operator has stated exactly this outcome. */
    public boolean isResolvedAs(DeviceReport report) {
        return resolvedManuallyAt != null && report.equals(outcome);
    }

    /** True if an operator stated the outcome and the device's report, which says more, agrees about result and money. */
    boolean isResolutionConfirmedBy(DeviceReport report) {
        return resolvedManuallyAt != null
                && outcome.transactionResult() == report.transactionResult()
                && outcome.result() == report.result()
                && (outcome.transactionResult() != TransactionResult.OK_ACCEPTED || hasAmountsOf(report));
    }

    private boolean hasAmountsOf(DeviceReport report) {
        return cents(outcome.amountTotalCents()) == cents(report.amountTotalCents())
                && cents(outcome.amountSurchargeCents()) == cents(report.amountSurchargeCents())
                && cents(outcome.amountTipCents()) == cents(report.amountTipCents());
    }

    private static long cents(Long amount) {
        return amount == null ? 0 : amount;
    }

    /** True if it ended without a payment, whoever cancelled it. */
    boolean endedInCancellation() {
        return outcome != null && outcome.transactionResult() == TransactionResult.CANCELLED;
    }

    void offeredTo(UUID session, Instant now) {
        offeredToSession = session;
        offeredAt = firstKnown(offeredAt, now);
    }

    void delivered(Instant now) {
        deliveredAt = firstKnown(deliveredAt, now);
    }

    void started(Instant now) {
        phase = Phase.STARTED;
        startedAt = firstKnown(startedAt, now);
        version++;
    }

    /** The device shows something to the customer. False if that changes nothing. */
    boolean prompted(String shown) {
        if (phase != Phase.STARTED || shown.equals(prompt)) {
            return false;
        }
        prompt = shown;
        version++;
        return true;
    }

    /** False if it was delayed before. */
    boolean delayed(Instant now) {
        if (isDelayed()) {
            return false;
        }
        delayedAt = now;
        version++;
        return true;
    }

    /** False if that was known before. */
    boolean neverSeen(Instant now) {
        if (wasNeverSeen()) {
            return false;
        }
        neverSeenAt = now;
        return true;
    }

    /** Its outcome, which follows, is an operator's word. */
    void resolvedManually(Instant now) {
        resolvedManuallyAt = now;
    }

    void completed(DeviceReport report, Instant now) {
        if (phase == Phase.COMPLETED) {
            throw new IllegalStateException("an outcome is final: transactionId=" + id);
        }
        phase = Phase.COMPLETED;
        outcome = report;
        finishedAt = now;
        version++;
    }

    private static Instant firstKnown(Instant known, Instant now) {
        return known == null ? now : known;
    }
}
