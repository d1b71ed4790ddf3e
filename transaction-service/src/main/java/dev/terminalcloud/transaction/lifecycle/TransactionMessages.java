package dev.terminalcloud.transaction.lifecycle;

import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceReport;
import dev.terminalcloud.events.OriginalTransaction;
import dev.terminalcloud.events.TransactionEvent.TransactionCompleted;
import dev.terminalcloud.routes.DeviceRoute;

/** The command and the event about a transaction that need more than its id. */
final class TransactionMessages {
    private TransactionMessages() {}

    /** Returns the event of its completion, without token, callback URL and receipt. */
    static TransactionCompleted completed(Transaction transaction, DeviceReport report) {
        return new TransactionCompleted(
                transaction.id(),
                transaction.version(),
                report.transactionResult(),
                report.result(),
                report.resultText(),
                report.amounts(),
                report.cardType(),
                report.accountType(),
                transaction.state().finishedAt());
    }

    /** Returns the offer to one session of its device. */
    static OfferTransaction offer(Transaction transaction, DeviceRoute route) {
        TransactionRequest request = transaction.request();
        return new OfferTransaction(
                transaction.deviceId(),
                route.sessionId(),
                transaction.id(),
                transaction.pairingNumber(),
                request.function().wireName(),
                request.amounts(),
                request.transactionReference(),
                request.date(),
                request.saleData(),
                transaction.refunded().map(RefundedTransaction::toOriginal).orElse(OriginalTransaction.NONE));
    }
}
