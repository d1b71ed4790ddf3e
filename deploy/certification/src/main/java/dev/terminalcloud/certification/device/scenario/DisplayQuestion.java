package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.operator.Question;

/** A question about the display, which the operator of a conforming device answers with yes. */
public sealed interface DisplayQuestion extends Question {

    /** The display shows this text. */
    record Text(String text) implements DisplayQuestion {
        @Override
        public String question() {
            return "Does the display show \"" + text + "\"?";
        }
    }

    /** The display shows that the device is not paired. */
    record NotPaired() implements DisplayQuestion {
        @Override
        public String question() {
            return "Does the display show that the device is not paired?";
        }
    }

    /** The display showed nothing about this transaction. */
    record NothingShown(String transactionId) implements DisplayQuestion {
        @Override
        public String question() {
            return "Did the display show nothing about a payment just now, at most \"please wait\"?";
        }
    }

    /** The customer was asked to pay this transaction exactly once. */
    record ShownOnce(String transactionId) implements DisplayQuestion {
        @Override
        public String question() {
            return "Was the customer asked to pay once, and not a second time?";
        }
    }
}
