package dev.terminalcloud.certification.device;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.certification.device.scenario.DeviceTask;
import dev.terminalcloud.certification.device.scenario.DisplayQuestion;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.Question;
import dev.terminalcloud.certification.operator.Task;
import dev.terminalcloud.virtualdevice.VirtualDevice;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** The operator of a virtual device, which pays depending on the amount: performs the tasks of the suite. */
final class VirtualOperator implements CertificationOperator {
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private final Supplier<VirtualDevice> make;
    private final boolean newAfterPowerCut;
    private VirtualDevice device;

    private VirtualOperator(Supplier<VirtualDevice> make, boolean newAfterPowerCut) {
        this.make = make;
        this.newAfterPowerCut = newAfterPowerCut;
        this.device = make.get();
    }

    static VirtualOperator at(VirtualDevice device) {
        return new VirtualOperator(() -> device, false);
    }

    /** The device has an empty journal after a power cut. */
    static VirtualOperator atDeviceWithoutMemory(Supplier<VirtualDevice> make) {
        return new VirtualOperator(make, true);
    }

    VirtualDevice device() {
        return device;
    }

    @Override
    public void perform(Task task) {
        switch ((DeviceTask) task) {
            case CONNECT -> device.start();
            case ASK_TO_PAIR -> device.requestPairingCode();
            case ASK_TO_UNPAIR -> device.unpair();
            case PAY, LEAVE -> {}
            case END_PAYMENT -> device.endPayment(Ending.CANCEL);
            case CYCLE_POWER -> cyclePower();
            case BECOME_NOT_READY -> device.changeStatus(DeviceStatus.NOT_LOGGED_ON);
            case BECOME_READY -> device.changeStatus(DeviceStatus.READY);
        }
    }

    private void cyclePower() {
        device.powerOff();
        if (newAfterPowerCut) {
            device = make.get();
        }
        device.powerOn();
    }

    @Override
    public void awaiting(Duration left) {}

    /** Checks the display repeatedly, since it changes a moment after the message. */
    @Override
    public boolean confirms(Question question) {
        try {
            await().atMost(MAX_WAIT).until(() -> isSeen(question));
            return true;
        } catch (ConditionTimeoutException notSeen) {
            return false;
        }
    }

    private boolean isSeen(Question question) {
        if (question instanceof DisplayQuestion.Text text) {
            return device.shownText().contains(text.text());
        }
        if (question instanceof DisplayQuestion.NothingShown nothing) {
            return timesRun(nothing.transactionId()) == 0;
        }
        if (question instanceof DisplayQuestion.ShownOnce once) {
            return timesRun(once.transactionId()) == 1;
        }
        return device.shownText().equals("NOT PAIRED");
    }

    private long timesRun(String transactionId) {
        return device.shownPayments().stream()
                .filter(ran -> ran.transactionId().toString().equals(transactionId))
                .count();
    }

    @Override
    public void inform(String news) {}
}
