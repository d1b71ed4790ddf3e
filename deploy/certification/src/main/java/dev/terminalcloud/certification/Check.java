package dev.terminalcloud.certification;

import dev.terminalcloud.certification.script.ConnectionScript;
import dev.terminalcloud.certification.script.OfferScript;
import dev.terminalcloud.certification.script.PairingScript;
import dev.terminalcloud.certification.script.PowerScript;
import dev.terminalcloud.certification.script.RunScript;
import dev.terminalcloud.certification.script.Scenario;
import dev.terminalcloud.certification.script.StandingRules;

/** The rules of the device protocol, in its order, each with the way it is checked. */
public enum Check {
    CONNECTS_AS_ITSELF(
            When.AT_THE_END,
            "CONNECT has the device id as client id and user name, the secret as password, a clean session, a keep-alive"
                    + " of 10 to 60 s and no will.",
            StandingRules::connectsAsItShould),
    USES_ITS_TWO_TOPICS(
            When.AT_THE_END,
            "It subscribes to devices/{deviceId}/commands and publishes to devices/{deviceId}/events, with QoS 1, and"
                    + " nothing is retained.",
            StandingRules::usesItsTwoTopics),
    GREETS_FIRST(
            When.AT_THE_END,
            "hello is the first message after each connect and subscribe, once.",
            StandingRules::greetsFirst),
    KEEPS_THE_RULES_OF_MESSAGES(
            When.AT_THE_END,
            "Each message is one JSON object of a known type with the members of that type, 64 KiB at most.",
            StandingRules::keepsTheRulesOfMessages),
    MASKS_CARD_NUMBERS(
            When.AT_THE_END,
            "cardPan shows at most the last four digits of a card number.",
            StandingRules::masksCardNumbers),
    ACKNOWLEDGES_COMMANDS(
            When.AT_THE_END, "It acknowledges each command within 10 s.", StandingRules::acknowledgesCommands),
    CONNECTS_AGAIN(When.IN_TURN, "It connects again when its connection breaks.", ConnectionScript::connectsAgain),
    WAITS_LONGER_AFTER_EACH_FAILURE(
            When.IN_TURN,
            "It tries to connect for as long as it takes, and waits longer after each failure.",
            ConnectionScript::waitsLongerAfterEachFailure),
    GIVES_UP_A_SILENT_CONNECTION(
            When.IN_TURN,
            "It connects anew when a message of its own is not acknowledged for 20 s.",
            ConnectionScript::givesUpASilentConnection),
    ANSWERS_PING(When.IN_TURN, "It answers ping with pong and the same nonce.", ConnectionScript::answersPing),
    IGNORES_UNKNOWN_MEMBERS(
            When.IN_TURN, "It ignores members that it does not know.", ConnectionScript::ignoresUnknownMembers),
    IGNORES_UNKNOWN_TYPES(
            When.IN_TURN,
            "It acknowledges and ignores messages of a type that it does not know.",
            ConnectionScript::ignoresUnknownTypes),

    SHOWS_ITS_PAIRING(
            When.IN_TURN, "Told that it is paired, it shows \"business: register\".", PairingScript::showsItsPairing),
    SHOWS_THAT_IT_IS_NOT_PAIRED(
            When.IN_TURN, "Told that it is not paired, it shows that.", PairingScript::showsThatItIsNotPaired),
    SHOWS_THE_PAIRING_CODE(
            When.IN_TURN,
            "Asked by a person to pair, it requests a code, and shows the one that comes.",
            PairingScript::showsTheCode),
    NAMES_THE_PAIRING_THAT_IT_ENDS(
            When.IN_TURN,
            "Asked by a person to unpair, it says unpair with the pairing number that it was told.",
            PairingScript::namesThePairingThatItEnds),

    CLAIMS_BEFORE_ANYTHING_ELSE(
            When.IN_TURN,
            "It claims an offer, and shows at most \"please wait\" until it is granted.",
            OfferScript::claimsBeforeAnythingElse),
    ANSWERS_A_REPEATED_OFFER_THE_SAME(
            When.IN_TURN,
            "An offer that is in the journal as claimed is claimed again.",
            OfferScript::answersARepeatedOfferTheSame),
    CLAIMS_AGAIN_EVERY_5_S(When.IN_TURN, "It claims again every 5 s while no answer comes.", OfferScript::claimsAgain),
    CLAIMS_AGAIN_AFTER_A_CONNECT(
            When.IN_TURN, "It claims again after each connect.", OfferScript::claimsAgainAfterAConnect),
    GIVES_UP_WITHOUT_A_GRANT(
            When.IN_TURN,
            "Without an answer for 60 s it refuses with NO-GRANT; a grant that comes later is ignored.",
            OfferScript::givesUpWithoutAGrant),
    REFUSES_AN_OLD_PAIRING(
            When.IN_TURN,
            "It refuses an offer with a lower pairing number than the newest it was told: OLD-PAIRING.",
            OfferScript::refusesAnOldPairing),
    REFUSES_WHILE_BUSY(
            When.IN_TURN, "It refuses an offer while another is claimed or runs: BUSY.", OfferScript::refusesWhileBusy),
    REFUSES_WHEN_NOT_READY(
            When.IN_TURN,
            "It refuses a payment when it is not READY: NOT-READY. Terminal.GetStatus is never refused for that.",
            OfferScript::refusesWhenNotReady),
    STAYS_WITH_A_REFUSAL(
            When.IN_TURN,
            "An offer that is in the journal as refused is refused again, whatever has changed.",
            OfferScript::staysWithARefusal),
    FORGETS_WHAT_IS_REFUSED(
            When.IN_TURN,
            "Told start-refused it claims no more, reports the refusal when asked, and ignores a later grant.",
            OfferScript::forgetsWhatIsRefused),
    REFUSES_WHAT_IS_CANCELLED(
            When.IN_TURN,
            "A claimed transaction that is cancelled is refused, and never runs.",
            OfferScript::refusesWhatIsCancelled),
    HAS_NEVER_SEEN_AN_UNKNOWN_TRANSACTION(
            When.IN_TURN,
            "Asked to report an id that is not in its journal it says transaction-never-seen, and refuses that id for"
                    + " good.",
            OfferScript::hasNeverSeenAnUnknownTransaction),
    REFUSES_AN_UNKNOWN_TRANSACTION_THAT_IS_CANCELLED(
            When.IN_TURN,
            "Told to cancel an id that is not in its journal it refuses that id for good.",
            OfferScript::refusesAnUnknownTransactionThatIsCancelled),
    RUNS_NOTHING_THAT_WAS_NEVER_OFFERED(
            When.IN_TURN,
            "A grant for an id that is not in its journal runs nothing.",
            OfferScript::runsNothingThatWasNeverOffered),

    RUNS_WHAT_IS_GRANTED(
            When.IN_TURN,
            "On start-granted it runs the payment, says what it asks the customer to do, and how it ended.",
            RunScript::runsWhatIsGranted),
    RUNS_ONCE_WHATEVER_IS_REPEATED(
            When.IN_TURN,
            "Offers and grants that come twice change nothing: the payment runs once and has one result.",
            RunScript::runsOnceWhateverIsRepeated),
    REPORTS_WHAT_RUNS(
            When.IN_TURN,
            "Asked about a running transaction, or offered it again, it says transaction-progress.",
            RunScript::reportsWhatRuns),
    GOES_ON_WITHOUT_A_CONNECTION(
            When.IN_TURN,
            "A connection that breaks while a payment runs changes nothing for it.",
            RunScript::goesOnWithoutAConnection),
    STOPS_WHAT_IS_CANCELLED(
            When.IN_TURN,
            "A running transaction that is cancelled is stopped, if it still can be, and finished.",
            RunScript::stopsWhatIsCancelled),
    REPEATS_A_RESULT_UNTIL_IT_IS_ACKNOWLEDGED(
            When.IN_TURN,
            "transaction-finished is repeated after every connect, word for word, until it is acknowledged.",
            RunScript::repeatsAResultUntilItIsAcknowledged),
    REPORTS_WHAT_HAS_FINISHED(
            When.IN_TURN,
            "Asked about a finished transaction it repeats its result, word for word.",
            RunScript::reportsWhatHasFinished),
    ANSWERS_AN_OFFER_OF_A_FINISHED_TRANSACTION_WITH_ITS_RESULT(
            When.IN_TURN,
            "Offered a finished transaction again it repeats its result, word for word.",
            RunScript::answersAnOfferOfAFinishedTransactionWithItsResult),
    REPORTS_ONLY_ON_THE_CURRENT_PAIRING(
            When.IN_TURN,
            "Journal.GetTransResult answers only about transactions of the current pairing.",
            RunScript::reportsOnlyOnTheCurrentPairing),
    NEVER_GOES_BACK(
            When.AT_THE_END,
            "An id never changes backwards: claimed, running, finished; or refused.",
            StandingRules::neverGoesBack),
    HAS_ONE_RESULT(When.AT_THE_END, "A transaction has one result.", StandingRules::hasOneResult),
    RUNS_NOTHING_WITHOUT_A_GRANT(
            When.AT_THE_END,
            "Nothing runs before start-granted has come for it.",
            StandingRules::runsNothingWithoutAGrant),

    TAKES_UP_WHAT_IT_HAD_CLAIMED(
            When.IN_TURN,
            "After a power cut what was claimed is claimed again or refused.",
            PowerScript::takesUpWhatItHadClaimed),
    ENDS_AND_REPORTS_WHAT_RAN(
            When.IN_TURN,
            "After a power cut what was running is ended, reversed where needed, and reported without being asked.",
            PowerScript::endsAndReportsWhatRan),
    KEEPS_ITS_JOURNAL(
            When.IN_TURN,
            "After a power cut the journal is as it was: a result not acknowledged is repeated, a refused id stays"
                    + " refused.",
            PowerScript::keepsItsJournal);

    /** When a check is made. */
    enum When {
        IN_TURN,
        /** It looks at everything that happened. */
        AT_THE_END
    }

    private final When when;
    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Scenario scenario;

    Check(When when, String rule, Scenario scenario) {
        this.when = when;
        this.rule = rule;
        this.scenario = scenario;
    }

    boolean isMade(When moment) {
        return when == moment;
    }

    /** The rule in words. */
    public String rule() {
        return rule;
    }

    Scenario scenario() {
        return scenario;
    }
}
