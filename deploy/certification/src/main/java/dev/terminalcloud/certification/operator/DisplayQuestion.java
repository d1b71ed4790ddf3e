package dev.terminalcloud.certification.operator;

/** Something that can be seen only at the device, as a question that a device in order answers with yes. */
public sealed interface DisplayQuestion {
    String question();

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

    /** Nothing was shown of that transaction. */
    record NothingShown(String transactionId) implements DisplayQuestion {
        @Override
        public String question() {
            return "Did the display show nothing of a payment just now, at most \"please wait\"?";
        }
    }

    /** The customer was asked to pay that transaction once, and not again. */
    record ShownOnce(String transactionId) implements DisplayQuestion {
        @Override
        public String question() {
            return "Was the customer asked to pay once, and not a second time?";
        }
    }
}
