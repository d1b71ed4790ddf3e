package dev.terminalcloud.transaction.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.DeviceReportBuilder;
import dev.terminalcloud.events.ReportedAmounts;
import dev.terminalcloud.events.RequestedAmounts;
import dev.terminalcloud.events.Result;
import dev.terminalcloud.events.TransactionResult;
import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.lifecycle.TransactionRequest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Outcome that an operator gives a transaction. Amounts are cents, and for {@code approved} only.
 *
 * @param amountTotalCents the total paid: the requested amount plus surcharge and tip
 * @param amountSurchargeCents null means 0
 * @param amountTipCents null means 0
 * @param cardType mandatory for an approved {@code Card.*}
 * @param authId of the acquirer, if it is known
 * @param acquirerRef of the acquirer, if it is known
 * @param reason why the operator is sure; stored in the audit trail, never shown to a register
 */
record ManualOutcome(
        String result,
        Long amountTotalCents,
        Long amountSurchargeCents,
        Long amountTipCents,
        String cardType,
        String authId,
        String acquirerRef,
        String reason) {
    private static final int MAX_REASON_LENGTH = 500;

    /**
     * Result that an operator can choose. FAILED-INTERFACE is not among them: only the device or the deadline can prove
     * it.
     */
    private enum Verdict {
        APPROVED(TransactionResult.OK_ACCEPTED, Result.OK),
        DECLINED(TransactionResult.OK_DECLINED, Result.OK),
        UNAVAILABLE(TransactionResult.OK_UNAVAILABLE, Result.OK),
        CANCELLED(TransactionResult.CANCELLED, Result.CANCELLED),
        FAILED(TransactionResult.FAILED, Result.FAILED);

        private final TransactionResult transactionResult;
        private final Result result;

        Verdict(TransactionResult transactionResult, Result result) {
            this.transactionResult = transactionResult;
            this.result = result;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns true if it is allowed for functions that move no money. */
        private boolean appliesToAllFunctions() {
            return this == CANCELLED || this == FAILED;
        }
    }

    /** Rejects with 400 what is invalid for every transaction. */
    ManualOutcome validated() {
        Verdict verdict = verdict();
        if (reason == null) {
            throw ApiException.badRequest("reason is missing");
        }
        AdminParameters.text("reason", reason, MAX_REASON_LENGTH);
        AdminParameters.text("cardType", cardType);
        AdminParameters.text("authId", authId);
        AdminParameters.text("acquirerRef", acquirerRef);
        if (verdict != Verdict.APPROVED
                && Stream.of(amountTotalCents, amountSurchargeCents, amountTipCents, cardType, authId, acquirerRef)
                        .anyMatch(Objects::nonNull)) {
            throw ApiException.badRequest(
                    "amounts, cardType, authId and acquirerRef are allowed for result approved only");
        }
        return this;
    }

    private Verdict verdict() {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.text().equals(result))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("result must be one of "
                        + Arrays.stream(Verdict.values()).map(Verdict::text).toList()));
    }

    /** Returns the outcome as its device would have reported it; rejects with 400 what does not fit the request. */
    DeviceReport toReport(TransactionRequest request) {
        Verdict verdict = verdict();
        if (!verdict.appliesToAllFunctions() && !request.function().isPayment()) {
            throw ApiException.badRequest("result must be cancelled or failed for %s"
                    .formatted(request.function().wireName()));
        }
        return verdict == Verdict.APPROVED ? approved(request) : report(verdict, ReportedAmounts.NONE);
    }

    private DeviceReport approved(TransactionRequest request) {
        if (amountTotalCents == null) {
            throw ApiException.badRequest("amountTotalCents is missing");
        }
        long surcharge = optionalCents("amountSurchargeCents", amountSurchargeCents);
        long tip = optionalCents("amountTipCents", amountTipCents);
        Long requested = request.amounts().requestedCents();
        long sum = (requested == null ? 0 : requested) + surcharge + tip;
        if (amountTotalCents != sum) {
            throw ApiException.badRequest(
                    "amountTotalCents must be the requested amount plus surcharge and tip: %2$d, was %1$d"
                            .formatted(amountTotalCents, sum));
        }
        if (request.function().isCardPayment() && cardType == null) {
            throw ApiException.badRequest("cardType is missing");
        }
        return report(
                Verdict.APPROVED,
                new ReportedAmounts(
                        amountTotalCents, surcharge, tip, request.amounts().amountCashCents()));
    }

    private static long optionalCents(String name, Long cents) {
        long extra = cents == null ? 0 : cents;
        if (extra < 0 || extra > RequestedAmounts.MAX_CENTS) {
            throw ApiException.badRequest(name + " must be between 0 and " + RequestedAmounts.MAX_CENTS + " cents");
        }
        return extra;
    }

    private DeviceReport report(Verdict verdict, ReportedAmounts amounts) {
        return DeviceReportBuilder.builder()
                .transactionResult(verdict.transactionResult)
                .result(verdict.result)
                .amounts(amounts)
                .authId(authId)
                .acquirerRef(acquirerRef)
                .cardType(cardType)
                .build();
    }

    /** Returns the details for the audit trail. */
    Map<String, Object> details() {
        return JsonObject.of(
                        "result", result,
                        "amountTotalCents", amountTotalCents,
                        "amountSurchargeCents", amountSurchargeCents,
                        "amountTipCents", amountTipCents,
                        "cardType", cardType,
                        "authId", authId,
                        "acquirerRef", acquirerRef,
                        "reason", reason)
                .getMap();
    }
}
