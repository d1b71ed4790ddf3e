package dev.terminalcloud.certification.operator;

/** What somebody at the device is asked to do. */
public enum Task {
    CONNECT("Switch the device on, and let it connect with the id and the secret above."),
    ASK_TO_PAIR("Ask the device to pair: it should show a code."),
    ASK_TO_UNPAIR("Ask the device to end its pairing."),
    PAY("Pay: present a card on the device, and let the payment be approved."),
    LEAVE("Leave the payment on the device as it is: present no card, press no key."),
    END_PAYMENT("End the payment on the device, in whatever way."),
    CYCLE_POWER("Take the power away from the device (pull the plug, take the battery out), and give it back."),
    BECOME_NOT_READY("Make the device not ready: log it off, or whatever else makes it say another status than READY."),
    BECOME_READY("Make the device ready again.");

    private final String words;

    Task(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
