package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.operator.Task;

/** A task for the operator at the device. */
public enum DeviceTask implements Task {
    CONNECT("Switch the device on, and let it connect with the id and the secret above."),
    ASK_TO_PAIR("Ask the device to pair: it should show a code."),
    ASK_TO_UNPAIR("Ask the device to end its pairing."),
    PAY("Pay: present a card on the device, and let the payment be approved."),
    LEAVE("Leave the payment on the device as it is: present no card, press no key."),
    END_PAYMENT("End the payment on the device, in any way."),
    CYCLE_POWER("Disconnect the device from its power (pull the plug, remove the battery), and reconnect it."),
    BECOME_NOT_READY("Make the device not ready: log it off, or use any other way to a status other than READY."),
    BECOME_READY("Make the device ready again.");

    private final String words;

    DeviceTask(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
