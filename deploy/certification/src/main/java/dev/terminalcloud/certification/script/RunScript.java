package dev.terminalcloud.certification.script;

import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.operator.NotRunException;
import dev.terminalcloud.certification.operator.Sight;

/** What a device does from the grant on. */
public final class RunScript {
    private RunScript() {}

    public static void runsWhatIsGranted(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        int mark = bench.mark();
        Said finished = bench.granted(payment)
                .orElseThrow(() -> new BrokenRuleException("expected transaction-finished within %d s, but %s"
                        .formatted(bench.times().person().toSeconds(), bench.since(mark, payment))));
        if (!finished.text("result").equals("OK")
                || !finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new BrokenRuleException("a payment that was to be approved ended as result %s, transactionResult %s"
                    .formatted(finished.text("result"), finished.text("transactionResult")));
        }
        bench.expect(0, payment, "transaction-progress");
        bench.expectSight(new Sight.AskedOnce(payment.id()));
    }

    public static void runsOnceWhateverIsRepeated(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        bench.offer(payment);
        bench.tell("start-granted", payment.id());
        Said finished = bench.finished(payment);
        int mark = bench.mark();
        bench.tell("start-granted", payment.id());
        bench.expectAgain(mark, payment, finished);
        bench.expectSight(new Sight.AskedOnce(payment.id()));
    }

    public static void answersAnOfferOfAFinishedTransactionWithItsResult(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        Said finished = bench.finished(payment);
        int mark = bench.mark();
        bench.offer(payment);
        bench.expectAgain(mark, payment, finished);
        bench.expectNothing(mark, payment, bench.times().quiet(), "transaction-claim");
    }

    public static void reportsWhatHasFinished(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        Said finished = bench.finished(payment);
        int mark = bench.mark();
        bench.tell("report-transaction", payment.id());
        bench.expectAgain(mark, payment, finished);
    }

    public static void reportsWhatRuns(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.running();
        int report = bench.mark();
        bench.tell("report-transaction", payment.id());
        bench.expect(report, payment, "transaction-progress");
        int offer = bench.mark();
        bench.offer(payment);
        bench.expect(offer, payment, "transaction-progress");
        bench.expectNothing(report, payment, bench.times().quiet(), "transaction-claim", "transaction-refused");
    }

    public static void goesOnWithoutAConnection(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.running();
        bench.reconnected();
        int mark = bench.mark();
        bench.tell("report-transaction", payment.id());
        bench.expect(mark, payment, "transaction-progress", "transaction-finished");
        bench.expectNothing(mark, payment, bench.times().quiet(), "transaction-claim", "transaction-refused");
    }

    public static void stopsWhatIsCancelled(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.running();
        int mark = bench.mark();
        bench.tell("cancel-transaction", payment.id());
        Said finished = bench.expect(mark, payment, "transaction-finished");
        if (finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new BrokenRuleException("a payment that nobody paid ended as OK-ACCEPTED");
        }
    }

    public static void repeatsAResultUntilItIsAcknowledged(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        bench.cloud().withhold("transaction-finished");
        Said finished = bench.finished(payment);
        int once = bench.mark();
        bench.reconnected();
        bench.expectAgain(once, payment, finished);
        int twice = bench.mark();
        bench.cloud().acknowledgeAgain();
        bench.connected();
        bench.expectAgain(twice, payment, finished);
    }

    public static void reportsOnlyOnTheCurrentPairing(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment before = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        bench.finished(before);
        bench.pair();
        Payment last = bench.claimed(
                Payment.function("Journal.GetTransResult", bench.pairing().number()));
        int mark = bench.mark();
        bench.tell("start-granted", last.id());
        Said report = bench.expect(mark, last, "transaction-finished");
        if (report.text("referenceId").equals(before.id())) {
            throw new BrokenRuleException("it reported a transaction of the pairing before");
        }
    }
}
