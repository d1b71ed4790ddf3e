package dev.terminalcloud.virtualdevice.function;

import dev.terminalcloud.virtualdevice.journal.JournalEntry.Finished;
import dev.terminalcloud.virtualdevice.protocol.CloudMessage.Offer;
import dev.terminalcloud.virtualdevice.protocol.Report;
import dev.terminalcloud.virtualdevice.protocol.TransactionResult;
import java.util.List;

/** The {@code Acquirer.*} functions. Totals are of the journal since the last cutover. */
record Settlement(DeviceSnapshot terminal, DeviceFunction function, Offer offer) {

    Report logon() {
        return report(Receipt.of(terminal, offer).rule().centred("LOGON SUCCESSFUL"));
    }

    Report totals() {
        List<Finished> counted = sinceCutover().stream().filter(this::counts).toList();
        List<Finished> refunds = counted.stream().filter(Settlement::isRefund).toList();
        List<Finished> payments =
                counted.stream().filter(entry -> !isRefund(entry)).toList();
        return report(Receipt.of(terminal, offer)
                .centred(function.title())
                .line("PAYMENTS", Integer.toString(payments.size()))
                .amount("PAID", sum(payments))
                .line("REFUNDS", Integer.toString(refunds.size()))
                .amount("REFUNDED", sum(refunds))
                .amount("NET", sum(payments) - sum(refunds))
                .rule()
                .centred("ACCEPTED"));
    }

    private Report report(Receipt receipt) {
        return FunctionReport.accepted()
                .text("ACCEPTED")
                .references(terminal.acquirerRef(offer), terminal.terminalRef())
                .at(terminal.now())
                .printed(receipt)
                .build();
    }

    private List<Finished> sinceCutover() {
        List<Finished> all = terminal.journal().entries().stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .toList();
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            if (is(all.get(i), DeviceFunction.ACQUIRER_SETTLEMENT_CUTOVER) && accepted(all.get(i))) {
                from = i + 1;
            }
        }
        return all.subList(from, all.size());
    }

    /** Returns whether a payment counts in the totals. An authorisation only reserves; its finalisation pays. */
    private boolean counts(Finished entry) {
        boolean payment = DeviceFunction.of(entry.offer().function())
                .filter(function -> function.isPayment() && !function.onlyReserves())
                .isPresent();
        boolean ofTheDate = offer.date() == null
                || String.valueOf(entry.report().timestamp())
                        .startsWith(offer.date().replaceAll("[^0-9]", ""));
        return payment && ofTheDate && accepted(entry);
    }

    private static boolean accepted(Finished entry) {
        return entry.report().transactionResult() == TransactionResult.OK_ACCEPTED;
    }

    private static boolean is(Finished entry, DeviceFunction function) {
        return DeviceFunction.of(entry.offer().function())
                .filter(function::equals)
                .isPresent();
    }

    private static boolean isRefund(Finished entry) {
        return DeviceFunction.of(entry.offer().function())
                .filter(DeviceFunction::isRefund)
                .isPresent();
    }

    private static long sum(List<Finished> entries) {
        return entries.stream().mapToLong(entry -> entry.report().amountTotal()).sum();
    }
}
