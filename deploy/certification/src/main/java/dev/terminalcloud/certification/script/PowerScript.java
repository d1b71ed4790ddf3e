package dev.terminalcloud.certification.script;

import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.operator.NotRunException;

/** What a device says after its power was away, without being asked. */
public final class PowerScript {
    private PowerScript() {}

    public static void takesUpWhatItHadClaimed(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.claimed(Payment.toBeLeft(bench.pairing().number()));
        int mark = restart(bench);
        bench.expect(mark, payment, "transaction-claim", "transaction-refused");
    }

    public static void endsAndReportsWhatRan(Bench bench)
            throws BrokenRuleException, NotRunException, InterruptedException {
        Payment payment = bench.running();
        int mark = restart(bench);
        Said finished = bench.expect(mark, payment, "transaction-finished");
        if (finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new BrokenRuleException("a payment that nobody paid ended as OK-ACCEPTED");
        }
        int offer = bench.mark();
        bench.offer(payment);
        bench.expectAgain(offer, payment, finished);
    }

    public static void keepsItsJournal(Bench bench) throws BrokenRuleException, NotRunException, InterruptedException {
        Payment neverSeen = Payment.toBeLeft(bench.pairing().number());
        int report = bench.mark();
        bench.tell("report-transaction", neverSeen.id());
        bench.prepare(report, neverSeen, "transaction-never-seen");
        Payment paid = bench.claimed(Payment.toBePaid(bench.pairing().number()));
        bench.cloud().withhold("transaction-finished");
        Said finished = bench.finished(paid);
        int mark = restart(bench);
        bench.expectAgain(mark, paid, finished);
        bench.cloud().acknowledgeAgain();
        int offer = bench.mark();
        bench.offer(neverSeen);
        bench.expect(offer, neverSeen, "transaction-never-seen", "transaction-refused");
        bench.expectNothing(offer, neverSeen, bench.times().quiet(), "transaction-claim");
    }

    /** A place in the trace from which on only the restarted device speaks. */
    private static int restart(Bench bench) throws NotRunException, InterruptedException {
        int before = bench.connected().connection();
        bench.restarted();
        return bench.trace().firstOf(before + 1);
    }
}
