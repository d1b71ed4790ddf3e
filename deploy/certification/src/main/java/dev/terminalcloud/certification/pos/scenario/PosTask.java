package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.operator.Task;

/** A task for the operator of the POS. */
public sealed interface PosTask extends Task {

    /** The device shows this code. */
    record Pair(String code) implements PosTask {
        @Override
        public String words() {
            return "Pair the POS with the pairing code " + code + ".";
        }
    }

    /** Takes a card payment, and leaves it to the suite how it ends. */
    record Pay(long cents) implements PosTask {
        @Override
        public String words() {
            return "Take a card payment of " + amount(cents) + ".";
        }
    }

    /** Takes a card payment, and cancels it while it runs. */
    record PayAndCancel(long cents) implements PosTask {
        @Override
        public String words() {
            return "Take a card payment of %s, and cancel it on the POS while it runs. Skip this if the POS can't."
                    .formatted(amount(cents));
        }
    }

    /** Refunds the payment that was just taken, as a refund of that payment. */
    record Refund(long cents) implements PosTask {
        @Override
        public String words() {
            return "Refund the payment of %s that you have just taken, all of it. Skip this if the POS can't refund a certain payment."
                    .formatted(amount(cents));
        }
    }

    /** Cuts the power in the middle of a payment. */
    record PowerOff() implements PosTask {
        @Override
        public String words() {
            return "Cut the power of the POS now, or kill its process, and leave it off.";
        }
    }

    /** Starts the POS again after its power was cut. */
    record PowerOn() implements PosTask {
        @Override
        public String words() {
            return "Start the POS again, and let it find out what has happened to the payment.";
        }
    }

    /** Returns the amount as people write it. */
    static String amount(long cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }
}
