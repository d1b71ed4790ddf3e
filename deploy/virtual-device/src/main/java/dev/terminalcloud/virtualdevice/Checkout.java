package dev.terminalcloud.virtualdevice;

import dev.terminalcloud.virtualdevice.behaviour.Behaviour;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.AnswerLate;
import dev.terminalcloud.virtualdevice.behaviour.Misbehaviour.NeverAnswer;
import dev.terminalcloud.virtualdevice.function.DeviceFunction;
import dev.terminalcloud.virtualdevice.function.DeviceSnapshot;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.Report;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The function that the device runs now, from its first prompt to its end. */
final class Checkout {
    static final String PROCESSING = "PROCESSING";

    private final DeviceSettings settings;
    private final Timers timers;
    private final Display display;
    private final Supplier<DeviceStatus> status;
    private Offer current;
    private boolean cardRead;

    Checkout(DeviceSettings settings, Timers timers, Display display, Supplier<DeviceStatus> status) {
        this.settings = settings;
        this.timers = timers;
        this.display = display;
        this.status = status;
    }

    Optional<Offer> current() {
        return Optional.ofNullable(current);
    }

    boolean runs(UUID transactionId) {
        return current != null && current.transactionId().equals(transactionId);
    }

    static String prompt(Offer offer) {
        return DeviceFunction.of(offer.function()).map(DeviceFunction::prompt).orElse("NOT SUPPORTED");
    }

    void show(Offer offer) {
        current = offer;
        cardRead = false;
        display.show(prompt(offer));
    }

    /** Marks that the card was read: the payment is on its way to the acquirer. */
    void readCard() {
        cardRead = true;
        display.show(PROCESSING);
    }

    boolean isCardRead() {
        return cardRead;
    }

    /** Calls {@code ended} when the customer has finished, if ever. */
    void letCustomerPay(Offer offer, Behaviour behaviour, BiConsumer<UUID, Ending> ended) {
        if (behaviour.has(NeverAnswer.class)) {
            return;
        }
        Duration late =
                behaviour.misbehaviour(AnswerLate.class).map(AnswerLate::delay).orElse(Duration.ZERO);
        Duration time = settings.timing().payment().plus(late);
        if (time.isZero()) {
            ended.accept(offer.transactionId(), behaviour.ending());
            return;
        }
        timers.after(time, () -> ended.accept(offer.transactionId(), behaviour.ending()));
    }

    Report report(Offer offer, Ending ending) {
        return new DeviceSnapshot(
                        settings.credentials().deviceId(),
                        status.get(),
                        settings.journal(),
                        settings.extras(),
                        LocalDateTime.now(settings.clock()))
                .report(offer, ending);
    }

    void close(Report report) {
        current = null;
        cardRead = false;
        if (report.receipt() != null) {
            settings.watcher().accept(new Activity.Printed(report.receipt()));
        }
        display.showIdle(settings.journal().pairing());
    }
}
