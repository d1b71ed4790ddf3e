package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.behaviour.Extras;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.FunctionResult;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The {@code Card.*} and {@code QR.*} functions, which move money between customer and merchant. */
record Payment(DeviceSnapshot terminal, DeviceFunction function, Offer offer) {
    static final String CARD_PAN = "....0138";
    static final String CARD_TYPE = "VISA";
    private static final String ACCOUNT_TYPE = "CREDIT";

    Report approved() {
        Extras extras = function.takesExtras() ? terminal.extras() : Extras.NONE;
        return ended(TransactionResult.OK_ACCEPTED, "APPROVED", extras, terminal.authId(offer));
    }

    Report declined() {
        return ended(TransactionResult.OK_DECLINED, "DECLINED", Extras.NONE, null);
    }

    private Report ended(TransactionResult result, String text, Extras extras, String authId) {
        FunctionReport report = FunctionReport.of(result, FunctionResult.OK)
                .text(text)
                .amounts(totalWith(extras), extras, offer.amountCash())
                .authorised(authId)
                .references(terminal.acquirerRef(offer), terminal.terminalRef())
                .at(terminal.now())
                .printed(receipt(text, extras, authId));
        if (!function.isQr()) {
            report.card(CARD_PAN, CARD_TYPE, ACCOUNT_TYPE);
        }
        return report.build();
    }

    private Receipt receipt(String text, Extras extras, String authId) {
        Receipt receipt = Receipt.of(terminal, offer);
        if (!function.isQr()) {
            receipt.line("CARD", CARD_PAN).line(CARD_TYPE, ACCOUNT_TYPE);
        }
        references().forEach(receipt::line);
        if (function == DeviceFunction.CARD_AUTHORISE_CANCEL) {
            return receipt.centred(function.title()).rule().centred(text);
        }
        receipt.amount(function.title(), requested());
        if (offer.amountCash() != null) {
            receipt.amount("INCLUDING CASH", offer.amountCash());
        }
        if (extras.surchargeCents() > 0) {
            receipt.amount("SURCHARGE", extras.surchargeCents());
        }
        if (extras.tipCents() > 0) {
            receipt.amount("TIP", extras.tipCents());
        }
        receipt.amount("TOTAL", totalWith(extras));
        if (authId != null) {
            receipt.line("AUTH", authId);
        }
        return receipt.rule().centred(text);
    }

    /** Returns what the offer names of earlier transactions, by its titles on a receipt. */
    private Map<String, String> references() {
        Map<String, String> references = new TreeMap<>();
        if (function.changesAuthorisation() && offer.transactionReference() != null) {
            references.put("AUTHORISATION", offer.transactionReference());
        }
        if (offer.original().originalAcquirerRef() != null) {
            references.put("ORIGINAL", offer.original().originalAcquirerRef());
        }
        return references;
    }

    private long totalWith(Extras extras) {
        return requested() + extras.surchargeCents() + extras.tipCents();
    }

    private long requested() {
        return Stream.of(offer.amountTotal(), offer.amountAuth(), offer.amountFinal())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0L);
    }
}
