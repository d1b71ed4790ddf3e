package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Scenarios from an offer until its grant. */
public final class OfferScenarios {
    private static final int REPEATED_CLAIMS = 3;

    private OfferScenarios() {}

    public static void claimsBeforeAnythingElse(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = OfferedPayment.toBeLeft(bench.pairing().number());
        int mark = bench.mark();
        bench.offer(payment);
        bench.expect(mark, payment, "transaction-claim");
        bench.expectNoRun(mark, payment);
        bench.expectDisplay(new DisplayQuestion.NothingShown(payment.id()));
    }

    public static void answersARepeatedOfferTheSame(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        int mark = bench.mark();
        bench.offer(payment);
        bench.expect(mark, payment, "transaction-claim");
        bench.expectNothing(
                mark,
                payment,
                bench.times().quiet(),
                "transaction-refused",
                "transaction-never-seen",
                "transaction-progress");
    }

    /** Checks the average interval, so that one late packet does not fail the check. */
    public static void claimsAgain(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        int connection = bench.connected().connection();
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        Duration nominal = bench.times().claimEvery();
        List<MessageReceived> claims = bench.trace()
                .await(
                        trace -> Optional.of(trace.messagesAbout(payment.id())
                                        .filter(message -> message.type().equals("transaction-claim"))
                                        .toList())
                                .filter(seen -> seen.size() > REPEATED_CLAIMS),
                        Times.latest(nominal).multipliedBy(REPEATED_CLAIMS))
                .orElseThrow(() -> new CheckFailedException("it did not claim again %d times within %d ms"
                        .formatted(
                                REPEATED_CLAIMS,
                                Times.latest(nominal)
                                        .multipliedBy(REPEATED_CLAIMS)
                                        .toMillis())));
        if (claims.stream().anyMatch(claim -> claim.connection() != connection)) {
            throw new CheckNotRunException("the connection was lost meanwhile");
        }
        Duration pause = Duration.between(
                        claims.get(0).at(), claims.get(REPEATED_CLAIMS).at())
                .dividedBy(REPEATED_CLAIMS);
        if (pause.compareTo(Times.earliest(nominal)) < 0 || pause.compareTo(Times.latest(nominal)) > 0) {
            throw new CheckFailedException(
                    "it claimed every %d ms instead of every %d ms".formatted(pause.toMillis(), nominal.toMillis()));
        }
    }

    public static void claimsAgainAfterAConnect(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        Connected again = bench.reconnected();
        Duration limit = bench.times().claimEvery();
        int mark = bench.trace().firstOf(again.connection());
        if (bench.awaitMessage(mark, payment.id(), limit, "transaction-claim").isEmpty()) {
            throw new CheckFailedException("no claim arrived within %d ms after the hello".formatted(limit.toMillis()));
        }
    }

    public static void givesUpWithoutAGrant(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        Duration nominal = bench.times().noGrant();
        MessageReceived refused = bench.awaitMessage(0, payment.id(), Times.latest(nominal), "transaction-refused")
                .orElseThrow(() -> new CheckFailedException("it did not refuse within %d ms"
                        .formatted(Times.latest(nominal).toMillis())));
        expectReason(refused, "NO-GRANT");
        MessageReceived claim =
                bench.trace().messagesAbout(payment.id()).findFirst().orElseThrow();
        Duration waited = Duration.between(claim.at(), refused.at());
        if (waited.compareTo(Times.earliest(nominal)) < 0) {
            throw new CheckFailedException("it gave up after %d ms already".formatted(waited.toMillis()));
        }
        expectNoRunWhenGranted(bench, payment);
    }

    public static void refusesAnOldPairing(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = OfferedPayment.toBeLeft(bench.pairing().number() - 1);
        expectReason(refusal(bench, payment), "OLD-PAIRING");
        expectNoRunWhenGranted(bench, payment);
    }

    public static void refusesWhileBusy(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment claimed =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        expectReason(refusal(bench, OfferedPayment.toBeLeft(bench.pairing().number())), "BUSY");
        bench.send("start-refused", claimed.id());
        bench.running();
        expectReason(refusal(bench, OfferedPayment.toBeLeft(bench.pairing().number())), "BUSY");
    }

    public static void refusesWhenNotReady(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        bench.ask(DeviceTask.BECOME_NOT_READY, trace -> Optional.of(ScenarioSetup.status(trace))
                .filter(status -> !status.equals("READY")));
        expectReason(refusal(bench, OfferedPayment.toBeLeft(bench.pairing().number())), "NOT-READY");
        OfferedPayment always =
                OfferedPayment.function("Terminal.GetStatus", bench.pairing().number());
        int mark = bench.mark();
        bench.offer(always);
        bench.expect(mark, always, "transaction-claim", "transaction-progress", "transaction-finished");
    }

    public static void staysWithARefusal(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = OfferedPayment.toBeLeft(bench.pairing().number() - 1);
        int first = bench.mark();
        bench.offer(payment);
        bench.prepare(first, payment, "transaction-refused");
        int again = bench.mark();
        bench.offer(payment.ofPairing(bench.pairing().number()));
        bench.expect(again, payment, "transaction-refused");
        bench.expectNothing(again, payment, bench.times().quiet(), "transaction-claim");
    }

    public static void forgetsWhatIsRefused(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        bench.send("start-refused", payment.id());
        int report = bench.mark();
        bench.send("report-transaction", payment.id());
        bench.expect(report, payment, "transaction-refused");
        int later = bench.mark();
        bench.expectNothing(later, payment, Times.latest(bench.times().claimEvery()), "transaction-claim");
        expectNoRunWhenGranted(bench, payment);
    }

    public static void refusesWhatIsCancelled(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment =
                bench.claimed(OfferedPayment.toBeLeft(bench.pairing().number()));
        int mark = bench.mark();
        bench.send("cancel-transaction", payment.id());
        bench.expect(mark, payment, "transaction-refused", "transaction-finished");
        int later = bench.mark();
        bench.send("start-granted", payment.id());
        bench.expectNothing(later, payment, bench.times().quiet(), "transaction-claim", "transaction-progress");
    }

    public static void hasNeverSeenAnUnknownTransaction(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        refusedForGood(bench, "report-transaction", "transaction-never-seen");
    }

    public static void refusesAnUnknownTransactionThatIsCancelled(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        refusedForGood(bench, "cancel-transaction", "transaction-refused", "transaction-never-seen");
    }

    public static void runsNothingThatWasNeverOffered(DeviceUnderTest bench)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = OfferedPayment.toBeLeft(bench.pairing().number());
        expectNoRunWhenGranted(bench, payment);
        bench.expectDisplay(new DisplayQuestion.NothingShown(payment.id()));
    }

    /** A device journals an unknown id that the cloud mentions: it must refuse a later offer. */
    private static void refusedForGood(DeviceUnderTest bench, String command, String... answers)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        OfferedPayment payment = OfferedPayment.toBeLeft(bench.pairing().number());
        int mark = bench.mark();
        bench.send(command, payment.id());
        bench.expect(mark, payment, answers);
        int offer = bench.mark();
        bench.offer(payment);
        bench.expect(offer, payment, "transaction-refused", "transaction-never-seen");
        bench.expectNothing(offer, payment, bench.times().quiet(), "transaction-claim");
        expectNoRunWhenGranted(bench, payment);
    }

    private static MessageReceived refusal(DeviceUnderTest bench, OfferedPayment payment)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        int mark = bench.mark();
        bench.offer(payment);
        return bench.expect(mark, payment, "transaction-refused");
    }

    private static void expectReason(MessageReceived refused, String reason) throws CheckFailedException {
        if (!refused.text("reason").equals(reason)) {
            throw new CheckFailedException(
                    "it refused with %s instead of %s".formatted(refused.text("reason"), reason));
        }
    }

    private static void expectNoRunWhenGranted(DeviceUnderTest bench, OfferedPayment payment)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        int mark = bench.mark();
        bench.send("start-granted", payment.id());
        bench.expectNoRun(mark, payment);
    }
}
