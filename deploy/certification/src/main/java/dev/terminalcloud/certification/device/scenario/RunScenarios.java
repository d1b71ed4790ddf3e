package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.util.List;

/** Scenarios from the grant to the acknowledged result. */
public final class RunScenarios {
    private RunScenarios() {}

    public static void runsWhatIsGranted(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        int mark = bench.mark();
        MessageReceived finished = bench.granted(payment)
                .orElseThrow(() -> new CheckFailedException("expected transaction-finished within %d s, but %s"
                        .formatted(bench.times().operator().toSeconds(), bench.since(mark, payment))));
        if (!finished.text("result").equals("OK")
                || !finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new CheckFailedException("a payment that was to be approved ended as result %s, transactionResult %s"
                    .formatted(finished.text("result"), finished.text("transactionResult")));
        }
        failUnlessComplete(finished.message().orElseThrow(), payment);
        bench.expect(0, payment, "transaction-progress");
        bench.expectDisplay(new DisplayQuestion.ShownOnce(payment.id()));
    }

    /** An accepted payment by card tells the type of the card, and a total that is the sum of its parts. */
    private static void failUnlessComplete(ObjectNode finished, OfferedPayment payment) throws CheckFailedException {
        for (String member : List.of("amountTotal", "amountSurcharge", "amountTip", "cardType")) {
            if (!finished.hasNonNull(member)) {
                throw new CheckFailedException("an approved payment by card was reported without " + member);
            }
        }
        long sum = payment.amountTotal()
                + finished.get("amountSurcharge").asLong()
                + finished.get("amountTip").asLong();
        if (finished.get("amountTotal").asLong() != sum) {
            throw new CheckFailedException("amountTotal was %s, and the requested amount, surcharge and tip are %d"
                    .formatted(finished.get("amountTotal"), sum));
        }
    }

    public static void runsOnceDespiteDuplicates(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        bench.offer(payment);
        bench.send("start-granted", payment.id());
        MessageReceived finished = bench.finished(payment);
        int mark = bench.mark();
        bench.send("start-granted", payment.id());
        bench.expectAgain(mark, payment, finished);
        bench.expectDisplay(new DisplayQuestion.ShownOnce(payment.id()));
    }

    public static void answersAnOfferOfAFinishedTransactionWithItsResult(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        MessageReceived finished = bench.finished(payment);
        int mark = bench.mark();
        bench.offer(payment);
        bench.expectAgain(mark, payment, finished);
        bench.expectNothing(mark, payment, bench.times().quiet(), "transaction-claim");
    }

    public static void reportsWhatHasFinished(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        MessageReceived finished = bench.finished(payment);
        int mark = bench.mark();
        bench.send("report-transaction", payment.id());
        bench.expectAgain(mark, payment, finished);
    }

    public static void reportsWhatRuns(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = bench.running();
        int report = bench.mark();
        bench.send("report-transaction", payment.id());
        bench.expect(report, payment, "transaction-progress");
        int offer = bench.mark();
        bench.offer(payment);
        bench.expect(offer, payment, "transaction-progress");
        bench.expectNothing(report, payment, bench.times().quiet(), "transaction-claim", "transaction-refused");
    }

    /** The cloud refuses a claim that was repeated while the grant was on its way, if the pairing has ended meanwhile. */
    public static void ignoresARefusalWhileRunning(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = bench.running();
        int mark = bench.mark();
        bench.send("start-refused", payment.id());
        bench.send("report-transaction", payment.id());
        bench.expect(mark, payment, "transaction-progress");
        bench.expectNothing(mark, payment, bench.times().quiet(), "transaction-claim", "transaction-refused");
    }

    public static void goesOnWithoutAConnection(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = bench.running();
        bench.reconnected();
        int mark = bench.mark();
        bench.send("report-transaction", payment.id());
        bench.expect(mark, payment, "transaction-progress", "transaction-finished");
        bench.expectNothing(mark, payment, bench.times().quiet(), "transaction-claim", "transaction-refused");
    }

    public static void stopsWhatIsCancelled(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = bench.running();
        int mark = bench.mark();
        bench.send("cancel-transaction", payment.id());
        MessageReceived finished = bench.expect(mark, payment, "transaction-finished");
        if (finished.text("transactionResult").equals("OK-ACCEPTED")) {
            throw new CheckFailedException("an unpaid payment ended as OK-ACCEPTED");
        }
    }

    public static void repeatsAResultUntilItIsAcknowledged(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        bench.cloud().withholdAcknowledgements("transaction-finished");
        MessageReceived finished = bench.finished(payment);
        int once = bench.mark();
        bench.reconnected();
        bench.expectAgain(once, payment, finished);
        int twice = bench.mark();
        bench.cloud().resumeAcknowledgements();
        bench.connected();
        bench.expectAgain(twice, payment, finished);
    }

    public static void reportsOnlyOnTheCurrentPairing(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment before =
                bench.claimed(OfferedPayment.toBePaid(bench.pairing().number()));
        bench.finished(before);
        bench.pair();
        OfferedPayment last = bench.claimed(OfferedPayment.function(
                "Journal.GetTransResult", bench.pairing().number()));
        int mark = bench.mark();
        bench.send("start-granted", last.id());
        MessageReceived report = bench.expect(mark, last, "transaction-finished");
        if (report.text("referenceId").equals(before.id())) {
            throw new CheckFailedException("it reported a transaction of the previous pairing");
        }
    }
}
