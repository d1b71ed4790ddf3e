package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;

/** Scenarios for the messages of a device after a power cut. */
public final class PowerCutScenarios {
    private PowerCutScenarios() {}

    public static void takesUpWhatItHadClaimed(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        int mark = restart(bench);
        bench.expect(mark, payment, "transaction-claim", "transaction-refused");
    }

    public static void endsAndReportsWhatRan(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = bench.running();
        int mark = restart(bench);
        MessageReceived finished = bench.expect(mark, payment, "transaction-finished");
        if (finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new CheckFailedException("an unpaid payment ended as OK-ACCEPTED");
        }
        int offer = bench.mark();
        bench.offer(payment);
        bench.expectAgain(offer, payment, finished);
    }

    public static void keepsItsJournal(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment neverSeen = OfferedPayment.toBeLeft(bench.pairing().number());
        int report = bench.mark();
        bench.send("report-transaction", neverSeen.id());
        bench.prepare(report, neverSeen, "transaction-never-seen");
        OfferedPayment paid =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        bench.cloud().withholdAcknowledgements("transaction-finished");
        MessageReceived finished = bench.finished(paid);
        int mark = restart(bench);
        bench.expectAgain(mark, paid, finished);
        bench.cloud().resumeAcknowledgements();
        int offer = bench.mark();
        bench.offer(neverSeen);
        bench.expect(offer, neverSeen, "transaction-never-seen", "transaction-refused");
        bench.expectNothing(offer, neverSeen, bench.times().quiet(), "transaction-claim");
    }

    /** Lets the operator cycle the power, and returns the mark before the first message of the restarted device. */
    private static int restart(DeviceUnderTest bench) throws CheckNotRunException, InterruptedException {
        int before = bench.connected().connection();
        bench.ask(DeviceTask.CYCLE_POWER, DeviceUnderTest.newerThan(before));
        return bench.trace().firstOf(before + 1);
    }
}
