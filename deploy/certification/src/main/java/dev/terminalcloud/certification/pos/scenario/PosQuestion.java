package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.operator.Question;

/**
 * A question about what the POS shows, which the operator of a conforming POS answers with yes.
 *
 * @param detail the amount or text that it is about; empty without one
 */
public record PosQuestion(Display display, String detail) implements Question {

    /** Something that the POS shows. */
    public enum Display {
        WRONG_CODE("Does the POS show that the pairing code %s is wrong?"),
        APPROVED("Does the POS show the payment of %s as approved?"),
        APPROVED_ONCE("Does the POS have the payment of %s as approved, once and not twice?"),
        TOTAL("Does the POS have %s, with surcharge and tip, as the amount that was paid?"),
        DECLINED("Does the POS show the payment as declined, with the text \"%s\"?"),
        CANCELLED("Does the POS show the payment as cancelled, and not as approved?"),
        NOT_APPROVED("Does the POS show something else than an approved payment (%s)?"),
        BUSY("Does the POS show that the device is busy, and that nothing was started?"),
        REJECTED("Does the POS show that the payment was not started, with the text \"%s\"?"),
        NOT_PAIRED("Does the POS show that the register is not paired, and that nothing was started?"),
        NOT_STARTED("Does the POS show that nothing was started?"),
        OPEN("Does the POS show the payment as running or delayed: neither approved nor failed?"),
        UNKNOWN(
                "Does the POS show the outcome of the payment of %s as unknown, to be checked: neither approved nor failed?"),
        OFF("Is the POS off?");

        private final String words;

        Display(String words) {
            this.words = words;
        }
    }

    @Override
    public String question() {
        return display.words.replace("%s", detail);
    }
}
