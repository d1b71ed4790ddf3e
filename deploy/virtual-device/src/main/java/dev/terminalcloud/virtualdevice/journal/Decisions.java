package dev.terminalcloud.virtualdevice.journal;

import dev.terminalcloud.virtualdevice.journal.Action.RepeatProgress;
import dev.terminalcloud.virtualdevice.journal.Action.Run;
import dev.terminalcloud.virtualdevice.journal.Action.Send;
import dev.terminalcloud.virtualdevice.journal.Action.Stop;
import dev.terminalcloud.virtualdevice.journal.Action.Write;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.NeverSeen;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Refused;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Request;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.RefusalReason;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All decisions of the device, as pure functions of its journal: the actions for a message, a timer, a power cut.
 *
 * <pre>
 *               OFFER           GRANT            REFUSE       REPORT        CANCEL
 *   (unknown)   claim, refuse*  never seen       NEVER_SEEN   never seen    never seen
 *   CLAIMED     claim again     RUNNING, run     REFUSED      claim again   REFUSED, refuse
 *   RUNNING     progress        .                .            progress      stop**
 *   FINISHED    finished        finished         .            finished      finished
 *   REFUSED     refused         refused          .            refused       refused
 *   NEVER_SEEN  never seen      never seen       .            never seen    never seen
 * </pre>
 *
 * {@code *} OLD-PAIRING, BUSY, NOT-READY, in this order. "never seen" of an unknown id is journalled first.
 * {@code **} cancel refused, if the payment can no longer be stopped.
 */
public final class Decisions {
    private static final Report REVERSED = Report.without(
            TransactionResult.CANCELLED, FunctionResult.CANCELLED, "Power failure, the payment was reversed");

    private Decisions() {}

    /**
     * The state of the device that decides about an offer or a cancellation.
     *
     * @param busy true if another transaction is claimed or running
     * @param pairingNumber the newest that the device has received
     * @param canStop false if the running payment can no longer be stopped
     */
    public record Situation(boolean busy, long pairingNumber, DeviceStatus status, boolean canStop, Instant now) {}

    /** Returns the actions for a message, given the journal's entry of that transaction. */
    public static List<Action> about(
            CloudMessage.TransactionCommand message, Optional<JournalEntry> known, Situation situation) {
        return known.map(entry -> aboutKnown(entry, message.request(), situation.canStop()))
                .orElseGet(() -> aboutUnknown(message, situation));
    }

    /** Returns the actions for an unanswered claim: the device claims again, or gives the transaction up. */
    public static List<Action> claimUnanswered(Claimed entry, Instant now, Duration timeout) {
        boolean timedOut = !now.isBefore(entry.since().plus(timeout));
        return timedOut
                ? refuse(entry.transactionId(), RefusalReason.NO_GRANT)
                : List.of(new Send(new DeviceMessage.Claim(entry.transactionId())));
    }

    /** Returns the actions for a payment that has ended. */
    public static List<Action> ended(Running entry, Report report) {
        return List.of(
                new Write(new Finished(entry.offer(), report, false)),
                new Send(new DeviceMessage.Finished(entry.transactionId(), report)));
    }

    /** Returns the actions after a power cut: a payment that was running is reversed; it is reported at the next connect. */
    public static List<Action> powerRestored(JournalEntry entry) {
        return entry instanceof Running running
                ? List.of(new Write(new Finished(running.offer(), REVERSED, false)))
                : List.of();
    }

    private static List<Action> aboutUnknown(CloudMessage.TransactionCommand message, Situation situation) {
        UUID id = message.transactionId();
        if (message instanceof Offer offer) {
            return refusal(offer, situation)
                    .map(reason -> refuse(id, reason))
                    .orElseGet(() -> List.of(
                            new Write(new Claimed(offer, situation.now())), new Send(new DeviceMessage.Claim(id))));
        }
        Write neverSeen = new Write(new NeverSeen(id));
        return message.request() == Request.REFUSE
                ? List.of(neverSeen)
                : List.of(neverSeen, new Send(new DeviceMessage.NeverSeen(id)));
    }

    private static Optional<RefusalReason> refusal(Offer offer, Situation situation) {
        if (offer.pairingNumber() < situation.pairingNumber()) {
            return Optional.of(RefusalReason.OLD_PAIRING);
        }
        if (situation.busy()) {
            return Optional.of(RefusalReason.BUSY);
        }
        if (situation.status() != DeviceStatus.READY && offer.needsReadyDevice()) {
            return Optional.of(RefusalReason.NOT_READY);
        }
        return Optional.empty();
    }

    private static List<Action> aboutKnown(JournalEntry entry, Request request, boolean canStop) {
        return switch (entry.state()) {
            case CLAIMED -> aboutClaimed((Claimed) entry, request);
            case RUNNING -> aboutRunning(entry.transactionId(), request, canStop);
            case FINISHED, REFUSED, NEVER_SEEN ->
                switch (request) {
                    case REFUSE -> List.of();
                    case OFFER, GRANT, REPORT, CANCEL -> List.of(new Send(finalMessage(entry)));
                };
        };
    }

    private static List<Action> aboutClaimed(Claimed entry, Request request) {
        UUID id = entry.transactionId();
        return switch (request) {
            case OFFER, REPORT -> List.of(new Send(new DeviceMessage.Claim(id)));
            case GRANT -> List.of(new Write(new Running(entry.offer())), new Run(entry.offer()));
            case REFUSE -> List.of(new Write(new Refused(id, RefusalReason.NO_GRANT)));
            case CANCEL -> refuse(id, RefusalReason.NO_GRANT);
        };
    }

    private static List<Action> aboutRunning(UUID id, Request request, boolean canStop) {
        return switch (request) {
            case OFFER, REPORT -> List.of(new RepeatProgress(id));
            case GRANT, REFUSE -> List.of();
            case CANCEL -> List.of(canStop ? new Stop(id) : new Send(new DeviceMessage.CancelRefused(id)));
        };
    }

    private static List<Action> refuse(UUID id, RefusalReason reason) {
        return List.of(new Write(new Refused(id, reason)), new Send(new DeviceMessage.Refused(id, reason)));
    }

    private static DeviceMessage.TransactionUpdate finalMessage(JournalEntry entry) {
        if (entry instanceof Finished finished) {
            return new DeviceMessage.Finished(finished.transactionId(), finished.report());
        }
        if (entry instanceof Refused refused) {
            return new DeviceMessage.Refused(refused.transactionId(), refused.reason());
        }
        return new DeviceMessage.NeverSeen(entry.transactionId());
    }
}
