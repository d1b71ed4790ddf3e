package dev.terminalcloud.certification.device;

import dev.terminalcloud.certification.check.Check;
import dev.terminalcloud.certification.check.CheckDefinition;
import dev.terminalcloud.certification.check.CheckDefinition.Timing;
import dev.terminalcloud.certification.device.scenario.ConnectionScenarios;
import dev.terminalcloud.certification.device.scenario.OfferScenarios;
import dev.terminalcloud.certification.device.scenario.PairingScenarios;
import dev.terminalcloud.certification.device.scenario.PowerCutScenarios;
import dev.terminalcloud.certification.device.scenario.RunScenarios;
import dev.terminalcloud.certification.device.scenario.Scenario;
import dev.terminalcloud.certification.device.scenario.TraceInvariants;

/** The rules of the device protocol, in its order, each with the scenario that checks it. */
public enum DeviceCheck implements Check {
    CONNECTS_AS_ITSELF(
            Timing.AT_THE_END,
            "CONNECT has the device id as client id and user name, the secret as password, a clean session, a"
                    + " keep-alive of 10 to 60 s and no will.",
            TraceInvariants::connectsAsRequired),
    USES_ITS_TWO_TOPICS(
            Timing.AT_THE_END,
            "It subscribes to devices/{deviceId}/commands and publishes to devices/{deviceId}/events, with QoS 1, and"
                    + " nothing is retained.",
            TraceInvariants::usesItsTwoTopics),
    SENDS_HELLO_FIRST(
            Timing.AT_THE_END,
            "hello is the first message after each connect and subscribe, once.",
            TraceInvariants::sendsHelloFirst),
    SENDS_VALID_MESSAGES(
            Timing.AT_THE_END,
            "Each message is one JSON object of a known type with the members of that type, 64 KiB at most; each text"
                    + " keeps its limit.",
            TraceInvariants::sendsValidMessages),
    MASKS_CARD_NUMBERS(
            Timing.AT_THE_END,
            "cardPan shows at most the last four digits of a card number.",
            TraceInvariants::masksCardNumbers),
    SENDS_NO_CARD_DATA(
            Timing.AT_THE_END,
            "No text, the receipt included, has a card number (13 to 19 digits that pass the Luhn check, with or"
                    + " without separators) or track data.",
            TraceInvariants::sendsNoCardData),
    ACKNOWLEDGES_COMMANDS(
            Timing.AT_THE_END, "It acknowledges each command within 10 s.", TraceInvariants::acknowledgesCommands),
    RECONNECTS(Timing.IN_TURN, "It reconnects when its connection breaks.", ConnectionScenarios::connectsAgain),
    BACKS_OFF_RECONNECTS(
            Timing.IN_TURN,
            "It retries to connect without limit, and waits longer after each failure.",
            ConnectionScenarios::waitsLongerAfterEachFailure),
    RECONNECTS_WHEN_UNACKNOWLEDGED(
            Timing.IN_TURN,
            "It reconnects when a message of its own is not acknowledged for 20 s.",
            ConnectionScenarios::reconnectsWhenUnacknowledged),
    ANSWERS_PING(Timing.IN_TURN, "It answers ping with pong and the same nonce.", ConnectionScenarios::answersPing),
    IGNORES_UNKNOWN_MEMBERS(
            Timing.IN_TURN, "It ignores members that it does not know.", ConnectionScenarios::ignoresUnknownMembers),
    IGNORES_UNKNOWN_TYPES(
            Timing.IN_TURN,
            "It acknowledges and ignores messages of a type that it does not know.",
            ConnectionScenarios::ignoresUnknownTypes),

    SHOWS_ITS_PAIRING(
            Timing.IN_TURN, "After paired it shows \"business: register\".", PairingScenarios::showsItsPairing),
    SHOWS_THAT_IT_IS_NOT_PAIRED(
            Timing.IN_TURN, "After unpaired it shows that it is not paired.", PairingScenarios::showsThatItIsNotPaired),
    SHOWS_THE_PAIRING_CODE(
            Timing.IN_TURN,
            "When asked to pair it requests a code, and shows the one that it receives.",
            PairingScenarios::showsTheCode),
    UNPAIRS_WITH_PAIRING_NUMBER(
            Timing.IN_TURN,
            "When asked to unpair it sends unpair with its current pairing number.",
            PairingScenarios::namesThePairingThatItEnds),

    CLAIMS_BEFORE_ANYTHING_ELSE(
            Timing.IN_TURN,
            "It claims an offer, and shows at most \"please wait\" until it is granted.",
            OfferScenarios::claimsBeforeAnythingElse),
    RECLAIMS_A_REPEATED_OFFER(
            Timing.IN_TURN,
            "An offer that is in the journal as claimed is claimed again.",
            OfferScenarios::answersARepeatedOfferTheSame),
    CLAIMS_AGAIN_EVERY_5_S(
            Timing.IN_TURN, "It claims again every 5 s until it receives an answer.", OfferScenarios::claimsAgain),
    CLAIMS_AGAIN_AFTER_A_CONNECT(
            Timing.IN_TURN, "It claims again after each connect.", OfferScenarios::claimsAgainAfterAConnect),
    GIVES_UP_WITHOUT_A_GRANT(
            Timing.IN_TURN,
            "Without an answer for 60 s it refuses with NO-GRANT, and ignores a later grant.",
            OfferScenarios::givesUpWithoutAGrant),
    REFUSES_AN_OLD_PAIRING(
            Timing.IN_TURN,
            "It refuses an offer with a lower pairing number than its current one: OLD-PAIRING.",
            OfferScenarios::refusesAnOldPairing),
    REFUSES_WHILE_BUSY(
            Timing.IN_TURN,
            "It refuses an offer while another is claimed or runs: BUSY.",
            OfferScenarios::refusesWhileBusy),
    REFUSES_WHEN_NOT_READY(
            Timing.IN_TURN,
            "It refuses a payment when it is not READY: NOT-READY. Terminal.GetStatus is never refused for that.",
            OfferScenarios::refusesWhenNotReady),
    KEEPS_A_REFUSAL(
            Timing.IN_TURN,
            "An offer that is in the journal as refused is refused again, even if the reason no longer applies.",
            OfferScenarios::staysWithARefusal),
    DROPS_A_REFUSED_OFFER(
            Timing.IN_TURN,
            "After start-refused it no longer claims, reports the refusal when asked, and ignores a later grant.",
            OfferScenarios::forgetsWhatIsRefused),
    REFUSES_A_CANCELLED_CLAIM(
            Timing.IN_TURN,
            "A claimed transaction that is cancelled is refused, and never runs.",
            OfferScenarios::refusesWhatIsCancelled),
    REPORTS_UNKNOWN_AS_NEVER_SEEN(
            Timing.IN_TURN,
            "When asked to report an id that is not in its journal it sends transaction-never-seen, and refuses that id"
                    + " for good.",
            OfferScenarios::hasNeverSeenAnUnknownTransaction),
    REFUSES_CANCELLED_UNKNOWN_TRANSACTION(
            Timing.IN_TURN,
            "When asked to cancel an id that is not in its journal it refuses that id for good.",
            OfferScenarios::refusesAnUnknownTransactionThatIsCancelled),
    IGNORES_A_GRANT_WITHOUT_OFFER(
            Timing.IN_TURN,
            "A grant for an id that is not in its journal runs nothing.",
            OfferScenarios::runsNothingThatWasNeverOffered),

    RUNS_A_GRANTED_TRANSACTION(
            Timing.IN_TURN,
            "On start-granted it runs the payment, and reports its prompts and the result.",
            RunScenarios::runsWhatIsGranted),
    RUNS_ONCE_DESPITE_DUPLICATES(
            Timing.IN_TURN,
            "Repeated offers and grants have no effect: the payment runs once and has one result.",
            RunScenarios::runsOnceDespiteDuplicates),
    REPORTS_A_RUNNING_TRANSACTION(
            Timing.IN_TURN,
            "When asked about a running transaction, or offered it again, it sends transaction-progress.",
            RunScenarios::reportsWhatRuns),
    IGNORES_A_REFUSAL_WHILE_RUNNING(
            Timing.IN_TURN,
            "A start-refused for a running transaction changes nothing: it runs on, and reports how it ended.",
            RunScenarios::ignoresARefusalWhileRunning),
    KEEPS_RUNNING_WHILE_DISCONNECTED(
            Timing.IN_TURN,
            "A running payment continues when the connection breaks.",
            RunScenarios::goesOnWithoutAConnection),
    STOPS_A_CANCELLED_TRANSACTION(
            Timing.IN_TURN,
            "A running transaction that is cancelled is stopped, if it still can be, and finished.",
            RunScenarios::stopsWhatIsCancelled),
    REPEATS_A_RESULT_UNTIL_IT_IS_ACKNOWLEDGED(
            Timing.IN_TURN,
            "It repeats transaction-finished unchanged after every connect until it is acknowledged.",
            RunScenarios::repeatsAResultUntilItIsAcknowledged),
    REPORTS_A_FINISHED_TRANSACTION(
            Timing.IN_TURN,
            "When asked about a finished transaction it repeats the result unchanged.",
            RunScenarios::reportsWhatHasFinished),
    REPORTS_A_FINISHED_TRANSACTION_WHEN_REOFFERED(
            Timing.IN_TURN,
            "When offered a finished transaction again it repeats the result unchanged.",
            RunScenarios::answersAnOfferOfAFinishedTransactionWithItsResult),
    REPORTS_ONLY_ON_THE_CURRENT_PAIRING(
            Timing.IN_TURN,
            "Journal.GetTransResult answers only about transactions of the current pairing.",
            RunScenarios::reportsOnlyOnTheCurrentPairing),
    NEVER_REGRESSES(
            Timing.AT_THE_END,
            "The state of an id never goes back: claimed, running, finished; or refused.",
            TraceInvariants::neverGoesBack),
    HAS_ONE_RESULT(Timing.AT_THE_END, "A transaction has one result.", TraceInvariants::hasOneResult),
    RUNS_NOTHING_WITHOUT_A_GRANT(
            Timing.AT_THE_END,
            "No transaction runs before it receives start-granted for it.",
            TraceInvariants::runsNothingWithoutAGrant),

    RESUMES_CLAIMS_AFTER_POWER_CUT(
            Timing.IN_TURN,
            "After a power cut it claims a claimed transaction again or refuses it.",
            PowerCutScenarios::takesUpWhatItHadClaimed),
    REPORTS_RUNNING_AFTER_POWER_CUT(
            Timing.IN_TURN,
            "After a power cut it ends a running transaction, reverses it where needed, and reports it unasked.",
            PowerCutScenarios::endsAndReportsWhatRan),
    KEEPS_ITS_JOURNAL_AFTER_POWER_CUT(
            Timing.IN_TURN,
            "After a power cut the journal is unchanged: it repeats an unacknowledged result, and a refused id stays"
                    + " refused.",
            PowerCutScenarios::keepsItsJournal);

    @SuppressWarnings("ImmutableEnumChecker") // its scenario is a function without state
    private final CheckDefinition<Scenario> definition;

    DeviceCheck(Timing when, String rule, Scenario scenario) {
        this.definition = new CheckDefinition<>(when, rule, scenario);
    }

    @Override
    public CheckDefinition<Scenario> definition() {
        return definition;
    }
}
