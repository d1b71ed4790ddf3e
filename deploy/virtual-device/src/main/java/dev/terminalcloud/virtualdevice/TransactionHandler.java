package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerInWrongOrder;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwice;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerTwiceDifferently;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.Moment;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.RefuseCancel;
import dev.terminalcloud.virtualdevice.behaviour.TransactionStep;
import dev.terminalcloud.virtualdevice.journal.Action;
import dev.terminalcloud.virtualdevice.journal.Decisions;
import dev.terminalcloud.virtualdevice.journal.Decisions.Situation;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.JournalEntry;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Claimed;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.journal.JournalEntry.Running;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Request;
import dev.terminalcloud.virtualdevice.protocol.DeviceMessage;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Handler of the device's transactions: carries out what {@link Decisions} decides, and misbehaves where the script of a transaction
 * says so.
 *
 * <p>All methods are called in the device's sequence.
 */
final class TransactionHandler {
    private final DeviceSettings settings;
    private final Journal journal;
    private final Timers timers;
    private final Checkout checkout;
    private final MisbehaviourEngine misbehaviourEngine;
    private final Consumer<DeviceMessage> send;
    private long newestPairingOffered;

    TransactionHandler(
            DeviceSettings settings,
            Timers timers,
            Checkout checkout,
            MisbehaviourEngine misbehaviourEngine,
            Consumer<DeviceMessage> send) {
        this.settings = settings;
        this.journal = settings.journal();
        this.timers = timers;
        this.checkout = checkout;
        this.misbehaviourEngine = misbehaviourEngine;
        this.send = send;
    }

    /** Before the first connect: ends payments that ran at the power cut, and continues with claimed ones. */
    void powerRestored() {
        journal.pending().forEach(entry -> {
            Decisions.powerRestored(entry).forEach(this::perform);
            if (entry instanceof Claimed claimed) {
                awaitAnswer(claimed.transactionId());
            }
        });
    }

    /** After hello: sends messages again that the cloud may not have received. */
    void connected() {
        journal.pending().forEach(this::repeat);
    }

    private void repeat(JournalEntry entry) {
        if (entry instanceof Claimed claimed) {
            claimAgain(claimed);
        }
        if (entry instanceof Finished finished && !finished.acknowledged()) {
            send(new DeviceMessage.Finished(finished.transactionId(), finished.report()));
        }
    }

    /** Handles a message; returns whether it may be acknowledged: it had its full effect. */
    boolean received(CloudMessage.TransactionCommand message, DeviceStatus status) {
        UUID id = message.transactionId();
        if (message.request() == Request.GRANT && misbehaviourEngine.play(Moment.BEFORE, TransactionStep.GRANT, id)) {
            return false;
        }
        List<Action> actions = Decisions.about(message, journal.find(id), situation(id, status));
        if (message instanceof Offer offer) {
            newestPairingOffered = Math.max(newestPairingOffered, offer.pairingNumber());
            actions = misbehaviourEngine.alter(offer, actions);
        }
        actions.forEach(this::perform);
        return true;
    }

    private Situation situation(UUID id, DeviceStatus status) {
        boolean busy = journal.pending().stream()
                .anyMatch(entry -> entry.open() && !entry.transactionId().equals(id));
        boolean paying = checkout.current().isPresent() && !checkout.runs(id);
        long pairingNumber = Math.max(journal.pairing().number(), newestPairingOffered);
        return new Situation(
                busy || paying,
                pairingNumber,
                status,
                canStop(),
                settings.clock().instant());
    }

    private boolean canStop() {
        return !checkout.isCardRead()
                && checkout.current()
                        .filter(offer -> misbehaviourEngine.behaviour(offer).has(RefuseCancel.class))
                        .isEmpty();
    }

    private void perform(Action action) {
        if (action instanceof Action.Write write) {
            write(write.entry());
        } else if (action instanceof Action.Send message) {
            send(message.message());
        } else if (action instanceof Action.Run run) {
            misbehaviourEngine.play(
                    Moment.AFTER, TransactionStep.GRANT, run.offer().transactionId());
            run(run.offer());
        } else if (action instanceof Action.Stop stop) {
            end(stop.transactionId(), Ending.CANCEL);
        } else if (action instanceof Action.RepeatProgress repeat && checkout.runs(repeat.transactionId())) {
            checkout.current().ifPresent(this::sendPrompt);
        }
    }

    private void write(JournalEntry entry) {
        journal.write(entry);
        if (entry instanceof Claimed claimed) {
            awaitAnswer(claimed.transactionId());
        }
    }

    private void awaitAnswer(UUID id) {
        timers.after(settings.timing().claimEvery(), () -> {
            if (journal.find(id).orElse(null) instanceof Claimed claimed) {
                claimAgain(claimed);
                awaitAnswer(id);
            }
        });
    }

    private void claimAgain(Claimed claimed) {
        Decisions.claimUnanswered(
                        claimed, settings.clock().instant(), settings.timing().grantTimeout())
                .forEach(this::perform);
    }

    private void run(Offer offer) {
        UUID id = offer.transactionId();
        settings.ran()
                .accept(new ShownPayment(id, offer.function(), settings.clock().instant()));
        checkout.show(offer);
        Behaviour behaviour = misbehaviourEngine.behaviour(offer);
        if (!behaviour.has(AnswerInWrongOrder.class)) {
            sendPrompt(offer);
        }
        checkout.letCustomerPay(offer, behaviour, this::end);
    }

    /** Reads the customer's card: from now on the running payment can't be stopped. */
    void readCard() {
        checkout.current().filter(offer -> !checkout.isCardRead()).ifPresent(offer -> {
            checkout.readCard();
            send(new DeviceMessage.Progress(offer.transactionId(), Checkout.PROCESSING));
        });
    }

    /** Ends the running payment now, with this ending. */
    void endCurrent(Ending ending) {
        checkout.current().ifPresent(offer -> end(offer.transactionId(), ending));
    }

    private void end(UUID id, Ending ending) {
        if (!checkout.runs(id)) {
            return;
        }
        Offer offer = checkout.current().orElseThrow();
        Report report = checkout.report(offer, ending);
        Decisions.ended(new Running(offer), report).forEach(this::perform);
        checkout.close(report);
        answerAgain(offer, report);
    }

    private void answerAgain(Offer offer, Report report) {
        UUID id = offer.transactionId();
        Behaviour behaviour = misbehaviourEngine.behaviour(offer);
        if (behaviour.has(AnswerTwice.class)) {
            send(new DeviceMessage.Finished(id, report));
        }
        behaviour
                .misbehaviour(AnswerTwiceDifferently.class)
                .ifPresent(twice -> send(new DeviceMessage.Finished(id, checkout.report(offer, twice.second()))));
        if (behaviour.has(AnswerInWrongOrder.class)) {
            sendPrompt(offer);
        }
    }

    private void sendPrompt(Offer offer) {
        send(new DeviceMessage.Progress(
                offer.transactionId(), checkout.isCardRead() ? Checkout.PROCESSING : Checkout.prompt(offer)));
    }

    private void send(DeviceMessage.TransactionUpdate message) {
        stepOf(message).ifPresent(step -> misbehaviourEngine.play(Moment.BEFORE, step, message.transactionId()));
        send.accept(message);
    }

    void acknowledged(DeviceMessage.TransactionUpdate message) {
        UUID id = message.transactionId();
        if (message instanceof DeviceMessage.Finished sent
                && journal.find(id).orElse(null) instanceof Finished finished
                && !finished.acknowledged()
                && finished.report().equals(sent.report())) {
            journal.write(new Finished(finished.offer(), finished.report(), true));
        }
        stepOf(message).ifPresent(step -> misbehaviourEngine.play(Moment.AFTER, step, id));
    }

    private static Optional<TransactionStep> stepOf(DeviceMessage.TransactionUpdate message) {
        if (message instanceof DeviceMessage.Claim) {
            return Optional.of(TransactionStep.CLAIM);
        }
        if (message instanceof DeviceMessage.Progress) {
            return Optional.of(TransactionStep.PROGRESS);
        }
        return message instanceof DeviceMessage.Finished ? Optional.of(TransactionStep.FINISHED) : Optional.empty();
    }
}
