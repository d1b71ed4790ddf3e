package dev.terminalcloud.certification.pos;

import dev.terminalcloud.certification.check.Check;
import dev.terminalcloud.certification.check.CheckDefinition;
import dev.terminalcloud.certification.check.CheckDefinition.Timing;
import dev.terminalcloud.certification.pos.scenario.CallbackScenarios;
import dev.terminalcloud.certification.pos.scenario.LogInvariants;
import dev.terminalcloud.certification.pos.scenario.PollScenarios;
import dev.terminalcloud.certification.pos.scenario.PosPairingScenarios;
import dev.terminalcloud.certification.pos.scenario.PosScenario;
import dev.terminalcloud.certification.pos.scenario.RecoveryScenarios;
import dev.terminalcloud.certification.pos.scenario.RefundScenarios;
import dev.terminalcloud.certification.pos.scenario.ResultScenarios;

/** The rules for a POS, each with the scenario that checks it. */
public enum PosCheck implements Check {
    SHOWS_A_WRONG_CODE(
            Timing.BEFORE_PAIRING,
            "It shows that a pairing code is wrong, and does not repeat it by itself.",
            PosPairingScenarios::showsAWrongCode),
    PAIRS_WITH_A_VALID_REQUEST(
            Timing.BEFORE_PAIRING,
            "It pairs with PUT, the code in the path, and the four names in a form, in JSON or in the query.",
            PosPairingScenarios::pairs),

    SENDS_THE_AMOUNT_IN_CENTS(
            Timing.IN_TURN, "It sends the amount in cents, in digits.", ResultScenarios::sendsTheAmountInCents),
    STARTS_WITH_VALID_REQUESTS(
            Timing.AT_THE_END,
            "Each start is a form or JSON with all mandatory parameters, and each parameter has a valid value.",
            LogInvariants::startsWellFormed),
    USES_THE_NAMES_OF_ITS_PAIRING(
            Timing.AT_THE_END,
            "Each start has exactly the register id, business and vendor of the pairing.",
            LogInvariants::usesTheNamesOfItsPairing),

    SHOWS_AN_APPROVAL(Timing.IN_TURN, "It shows OK-ACCEPTED as approved.", ResultScenarios::showsAnApproval),
    TAKES_THE_FINAL_AMOUNT(
            Timing.IN_TURN,
            "The amount paid is AmountTotal of the outcome, with surcharge and tip.",
            ResultScenarios::takesTheFinalAmount),
    SHOWS_A_DECLINE(
            Timing.IN_TURN, "It shows OK-DECLINED as declined, with ResultText.", ResultScenarios::showsADecline),
    SHOWS_A_CANCELLATION(Timing.IN_TURN, "It shows CANCELLED as cancelled.", ResultScenarios::showsACancellation),
    SHOWS_THAT_THE_DEVICE_IS_UNREACHABLE(
            Timing.IN_TURN,
            "It shows CANCELLED with FAILED-INTERFACE as not paid.",
            ResultScenarios::showsThatTheDeviceIsUnreachable),
    IGNORES_UNKNOWN_MEMBERS(
            Timing.IN_TURN, "It ignores members that it does not know.", ResultScenarios::ignoresUnknownMembers),
    DOES_NOT_APPROVE_AN_UNKNOWN_RESULT(
            Timing.IN_TURN,
            "It does not take a TransactionResult that it does not know as approved.",
            ResultScenarios::doesNotApproveAnUnknownResult),
    TAKES_LONG_TEXTS(
            Timing.IN_TURN,
            "It takes an outcome with a receipt of 16 KiB, and with letters beyond ASCII.",
            ResultScenarios::takesLongTexts),

    SHOWS_THAT_THE_DEVICE_IS_BUSY(
            Timing.IN_TURN,
            "It shows 429 \"device is busy\", and does not repeat the start by itself.",
            ResultScenarios::showsThatTheDeviceIsBusy),
    SHOWS_A_REJECTION(
            Timing.IN_TURN,
            "It shows a 400 with its text as not started, and does not repeat the start by itself.",
            ResultScenarios::showsARejection),
    WAITS_BEFORE_IT_REPEATS(
            Timing.IN_TURN,
            "After a 503 it shows that nothing was started, or repeats the start, but not before Retry-After.",
            ResultScenarios::waitsBeforeItRepeats),

    SURVIVES_A_LOST_ANSWER(
            Timing.IN_TURN,
            "Without an answer to the start it finds out the outcome: it repeats the start with its key, looks it up, asks the"
                    + " device, or shows it as unknown. It starts no second payment, and shows no failure.",
            RecoveryScenarios::survivesALostAnswer),
    SURVIVES_AN_UNCLEAR_ERROR(
            Timing.IN_TURN,
            "It does the same after a 500, 502 or 504 to the start, which may have taken effect.",
            RecoveryScenarios::survivesAnUnclearError),
    TAKES_THE_ANSWER_OF_A_REPEATED_START(
            Timing.IN_TURN,
            "A repeated start may be answered with a payment that has already ended: it counts, once.",
            RecoveryScenarios::takesTheAnswerOfARepeatedStart),
    SURVIVES_A_POWER_CUT(
            Timing.IN_TURN,
            "After a power cut while a payment runs it finds out the outcome.",
            RecoveryScenarios::survivesAPowerCut),
    SURVIVES_A_POWER_CUT_BEFORE_THE_ANSWER(
            Timing.IN_TURN,
            "After a power cut before the start is answered it finds out the outcome too.",
            RecoveryScenarios::survivesAPowerCutBeforeTheAnswer),
    STARTS_ONE_PAYMENT_FOR_EACH_SALE(
            Timing.AT_THE_END,
            "It never starts a second payment for a sale by itself.",
            LogInvariants::startsOnePaymentForEachSale),
    USES_A_KEY_FOR_ONE_SALE(
            Timing.AT_THE_END,
            "Each sale has its own Idempotency-Key, and a repeated start the same parameters.",
            LogInvariants::usesAKeyForOneSale),

    POLLS_UNTIL_THE_END(
            Timing.IN_TURN,
            "It polls until the payment is COMPLETED, however long that takes.",
            PollScenarios::pollsUntilTheEnd),
    POLLS_AT_A_MODERATE_PACE(
            Timing.AT_THE_END, "It polls about once a second at most.", LogInvariants::pollsAtAModeratePace),
    SURVIVES_FAILED_POLLS(
            Timing.IN_TURN,
            "It polls again after a 502, 503, 504, a lost connection and a slow answer: none of them is an outcome.",
            PollScenarios::survivesFailedPolls),
    SHOWS_A_DELAY_AS_OPEN(
            Timing.IN_TURN,
            "OK-DELAYED is not an outcome: it polls on, and shows the approval that follows.",
            PollScenarios::showsADelayAsOpen),
    SURVIVES_AN_EXPIRED_TOKEN(
            Timing.IN_TURN,
            "When its polling token has expired (401) it finds out the outcome in another way, or shows it as unknown.",
            RecoveryScenarios::survivesAnExpiredToken),
    SHOWS_THAT_IT_IS_NOT_PAIRED(
            Timing.IN_TURN,
            "When the device has ended the pairing it shows that it is not paired.",
            PosPairingScenarios::showsThatItIsNotPaired),

    RESUMES_A_STREAM(
            Timing.IN_TURN,
            "When an event stream ends early it opens it again, or polls; Last-Event-ID is the last one received.",
            PollScenarios::resumesAStream),
    WAITS_FOR_THE_NEXT_VERSION(
            Timing.AT_THE_END,
            "A long poll has a wait of 1 to 50 s, and the version of the last response.",
            LogInvariants::waitsForTheNextVersion),
    SENDS_THE_NEWEST_PAIRING_TOKEN(
            Timing.AT_THE_END,
            "A pairing token that it sends is that of its newest pairing.",
            LogInvariants::sendsTheNewestPairingToken),
    CANCELS(Timing.IN_TURN, "It shows a payment that it has cancelled as cancelled.", PollScenarios::cancels),
    SHOWS_AN_APPROVAL_IN_SPITE_OF_A_CANCELLATION(
            Timing.IN_TURN,
            "A cancellation may come too late: it shows the approval that follows.",
            PollScenarios::showsAnApprovalInSpiteOfACancellation),
    SHOWS_A_REJECTED_REFUND(
            Timing.IN_TURN,
            "A linked refund of more than is left is rejected: it shows that nothing was refunded, and refunds nothing by itself,"
                    + " least of all without the link.",
            RefundScenarios::showsARejectedRefund),

    REFUSES_A_FORGED_CALLBACK(
            Timing.IN_TURN,
            "It answers a callback with a wrong signature with a 4xx, and does not take its content over.",
            CallbackScenarios::refusesAForgedCallback),
    REFUSES_AN_OLD_CALLBACK(
            Timing.IN_TURN,
            "It answers a callback that was signed ten minutes ago with a 4xx.",
            CallbackScenarios::refusesAnOldCallback),
    COUNTS_A_REPEATED_CALLBACK_ONCE(
            Timing.IN_TURN,
            "It acknowledges a callback that comes twice both times, and counts the payment once.",
            CallbackScenarios::countsARepeatedCallbackOnce),
    IGNORES_AN_OUTDATED_CALLBACK(
            Timing.IN_TURN,
            "A callback with an older version changes nothing after the outcome.",
            CallbackScenarios::ignoresAnOutdatedCallback),
    TAKES_A_CALLBACK_BEFORE_THE_ANSWER(
            Timing.IN_TURN,
            "A callback that comes before the answer to the start is kept, or refused and taken when it comes again.",
            CallbackScenarios::takesACallbackBeforeTheAnswer);

    @SuppressWarnings("ImmutableEnumChecker") // its scenario is a function without state
    private final CheckDefinition<PosScenario> definition;

    PosCheck(Timing when, String rule, PosScenario scenario) {
        this.definition = new CheckDefinition<>(when, rule, scenario);
    }

    @Override
    public CheckDefinition<PosScenario> definition() {
        return definition;
    }
}
