package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.behaviour.Ending;
import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.journal.Journal;
import dev.terminalcloud.virtualdevice.journal.PairingState.Paired;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.DeviceStatus;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * The state of the device at one moment, as its functions see it.
 *
 * <p>References are derived from the ids, so that the same transaction always has the same ones.
 *
 * @param extras added to what a customer buys
 * @param now the device's local time
 */
public record DeviceSnapshot(String deviceId, DeviceStatus status, Journal journal, Extras extras, LocalDateTime now) {

    /** Returns the device's report of a function with this ending. */
    public Report report(Offer offer, Ending ending) {
        return DeviceFunction.of(offer.function())
                .map(function -> report(function, offer, ending))
                .orElseGet(() -> failed("Not supported: " + offer.function()));
    }

    private Report report(DeviceFunction function, Offer offer, Ending ending) {
        return switch (ending) {
            case APPROVE -> done(function, offer);
            case DECLINE -> declined(function, offer);
            case CANCEL -> Report.without(TransactionResult.CANCELLED, FunctionResult.CANCELLED, "CANCELLED");
            case FAULT -> failed("TERMINAL FAULT");
            case UNAVAILABLE ->
                Report.without(TransactionResult.OK_UNAVAILABLE, FunctionResult.OK, "ACQUIRER UNAVAILABLE");
        };
    }

    private Report done(DeviceFunction function, Offer offer) {
        return switch (function) {
            case CARD_PURCHASE,
                    CARD_PURCHASE_PLUS_CASH,
                    CARD_CASH_ADVANCE,
                    CARD_REFUND,
                    CARD_AUTHORISE,
                    CARD_AUTHORISE_INCREMENT,
                    CARD_AUTHORISE_CANCEL,
                    CARD_FINALISE,
                    QR_MERCHANT_PURCHASE,
                    QR_CONSUMER_PURCHASE,
                    QR_REFUND -> new Payment(this, function, offer).approved();
            case ACQUIRER_LOGON -> new Settlement(this, function, offer).logon();
            case ACQUIRER_SETTLEMENT_INQUIRY, ACQUIRER_SETTLEMENT_CUTOVER ->
                new Settlement(this, function, offer).totals();
            case JOURNAL_REPRINT_RECEIPT -> new LastTransaction(this).reprinted();
            case JOURNAL_GET_TRANS_RESULT -> new LastTransaction(this).reported();
            case TERMINAL_GET_STATUS ->
                FunctionReport.of(null, FunctionResult.OK).status(status).build();
            case TERMINAL_READ_CARD ->
                FunctionReport.accepted()
                        .card(Payment.CARD_PAN, Payment.CARD_TYPE, null)
                        .build();
        };
    }

    private Report declined(DeviceFunction function, Offer offer) {
        return function.isPayment()
                ? new Payment(this, function, offer).declined()
                : Report.without(TransactionResult.OK_DECLINED, FunctionResult.OK, "DECLINED");
    }

    static Report failed(String text) {
        return Report.without(TransactionResult.FAILED, FunctionResult.FAILED, text);
    }

    /** Returns the name at the top of a receipt. */
    String merchant() {
        return journal.pairing() instanceof Paired paired ? paired.businessName() : "TERMINAL CLOUD";
    }

    /** Returns a reference of 8 digits. */
    String terminalRef() {
        String digits = "00000000" + deviceId;
        return digits.substring(digits.length() - 8);
    }

    /** Returns a reference of 6 digits. */
    String acquirerRef(Offer offer) {
        return sixDigits(offer, 1);
    }

    /** Returns a reference of 6 digits. */
    String authId(Offer offer) {
        return sixDigits(offer, 0);
    }

    private static String sixDigits(Offer offer, int salt) {
        long bits = offer.transactionId().getLeastSignificantBits() + 31L * salt;
        return String.format(Locale.ROOT, "%06d", Math.floorMod(bits, 1_000_000));
    }
}
