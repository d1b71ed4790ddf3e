package dev.terminalcloud.transaction.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.events.DeviceReport;
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
 * How an operator says that a transaction ended. Amounts are cents, and for {@code approved} only.
 *
 * @param amountTotalCents what was paid: what was asked for, the surcharge and the tip
 * @param amountSurchargeCents null means 0
 * @param amountTipCents null means 0
 * @param cardType mandatory for an approved {@code Card.*}
 * @param authId of the acquirer, if it is known
 * @param acquirerRef of the acquirer, if it is known
 * @param reason what makes the operator sure; kept in the audit trail and shown to no register
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
    private static final long MAX_CENTS = 999_999_999;

    /** What can be stated. That it never ran is not among it: only the device or the deadline can prove that. */
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

        /** Whether it makes sense for something that moves no money. */
        private boolean appliesToAllFunctions() {
            return this == CANCELLED || this == FAILED;
        }
    }

    /** Refuses with 400 what is wrong whatever the transaction is. */
    ManualOutcome validated() {
        Verdict statement = verdict();
        if (reason == null) {
            throw ApiException.badRequest("reason is missing");
        }
        AdminParameters.text("reason", reason, MAX_REASON_LENGTH);
        AdminParameters.text("cardType", cardType);
        AdminParameters.text("authId", authId);
        AdminParameters.text("acquirerRef", acquirerRef);
        if (statement != Verdict.APPROVED
                && Stream.of(amountTotalCents, amountSurchargeCents, amountTipCents, cardType, authId, acquirerRef)
                        .anyMatch(Objects::nonNull)) {
            throw ApiException.badRequest("amounts, cardType, authId and acquirerRef are for result approved only");
        }
        return this;
    }

    private Verdict verdict() {
        return Arrays.stream(Verdict.values())
                .filter(statement -> statement.text().equals(result))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("result is one of "
                        + Arrays.stream(Verdict.values()).map(Verdict::text).toList()));
    }

    /** The outcome as its device would have reported it; refuses with 400 what does not fit what was asked for. */
    DeviceReport toReport(TransactionRequest request) {
        Verdict statement = verdict();
        if (!statement.appliesToAllFunctions() && !request.function().isPayment()) {
            throw ApiException.badRequest("result of a %s can be stated as cancelled or failed only"
                    .formatted(request.function().wireName()));
        }
        return statement == Verdict.APPROVED ? approved(request) : report(statement, null, null, null, null);
    }

    private DeviceReport approved(TransactionRequest request) {
        if (amountTotalCents == null) {
            throw ApiException.badRequest("amountTotalCents is missing");
        }
        long surcharge = optionalCents("amountSurchargeCents", amountSurchargeCents);
        long tip = optionalCents("amountTipCents", amountTipCents);
        long sum = request.requestedCents() + surcharge + tip;
        if (amountTotalCents != sum) {
            throw ApiException.badRequest(
                    "amountTotalCents is %d, but what was asked for, the surcharge and the tip are %d cents"
                            .formatted(amountTotalCents, sum));
        }
        if (request.function().isCardPayment() && cardType == null) {
            throw ApiException.badRequest("cardType is missing");
        }
        return report(Verdict.APPROVED, amountTotalCents, surcharge, tip, request.amountCashCents());
    }

    private static long optionalCents(String name, Long cents) {
        long extra = cents == null ? 0 : cents;
        if (extra < 0 || extra > MAX_CENTS) {
            throw ApiException.badRequest(name + " is a number of cents from 0 to " + MAX_CENTS);
        }
        return extra;
    }

    private DeviceReport report(Verdict statement, Long total, Long surcharge, Long tip, Long cash) {
        return new DeviceReport(
                statement.transactionResult,
                statement.result,
                null,
                total,
                surcharge,
                tip,
                cash,
                authId,
                acquirerRef,
                null,
                null,
                cardType,
                null,
                null,
                null,
                null,
                null);
    }

    /** As the audit trail keeps it. */
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
