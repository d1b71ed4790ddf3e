package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.StreamEventSent;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Delay;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Drop;
import dev.terminalcloud.certification.pos.gateway.PollReaction.Fail;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import java.util.List;
import java.util.Optional;

/** Scenarios for the time between the start and the outcome. */
public final class PollScenarios {
    private static final String BAD_GATEWAY =
            "The service closed the connection before it responded. The request may have taken effect";
    private static final String UNAVAILABLE = "The transaction is temporarily unavailable. Poll again";
    private static final String TIMEOUT = "The service did not respond in time. The request may have taken effect";

    private PollScenarios() {}

    public static void pollsUntilTheEnd(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.polled();
        boolean startedAgain = pos.waiting(pos.times().longPayment())
                .await(atMost ->
                        pos.request(payment.mark(), received -> PosUnderTest.isOther(payment, received), atMost))
                .isPresent();
        if (startedAgain) {
            throw new CheckFailedException("it started another payment before the first had ended");
        }
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
        pos.expectApproved(payment);
    }

    public static void survivesFailedPolls(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        pos.needs(PosFeature.ASYNCHRONOUS_MODE);
        pos.gateway()
                .reactToPolls(
                        new Fail(502, BAD_GATEWAY),
                        new Fail(503, UNAVAILABLE),
                        new Fail(504, TIMEOUT),
                        new Drop(),
                        new Delay(pos.times().slowAnswer()));
        PosPayment payment = pos.polled();
        for (int polls = 2; polls <= 5; polls++) {
            expectPolls(pos, payment, polls);
        }
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
        pos.expectApproved(payment);
    }

    private static void expectPolls(PosUnderTest pos, PosPayment payment, int polls)
            throws CheckFailedException, InterruptedException {
        Optional<Boolean> polled = pos.log()
                .await(
                        () -> polls(pos, payment) >= polls ? Optional.of(true) : Optional.empty(),
                        pos.times().reaction());
        if (polled.isEmpty()) {
            throw new CheckFailedException("after %d polls that failed it did not poll again within %d s"
                    .formatted(polls - 1, pos.times().reaction().toSeconds()));
        }
    }

    private static long polls(PosUnderTest pos, PosPayment payment) {
        return pos.log()
                .since(payment.mark(), RequestReceived.class)
                .filter(received -> received.is(Call.POLL, payment.transactionId()))
                .count();
    }

    public static void showsADelayAsOpen(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = pos.polled();
        pos.show(payment, DeviceOutcomes.delayed());
        pos.expectDisplay(Display.OPEN, "");
        pos.expectNoOtherPayment(payment);
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
        pos.expectApproved(payment);
    }

    public static void resumesAStream(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        pos.needs(PosFeature.EVENT_STREAM);
        PosPayment payment = pos.polled();
        if (!pos.expectPoll(payment.mark(), payment).request().wantsStream()) {
            throw PosUnderTest.notApplicable(PosFeature.EVENT_STREAM);
        }
        pos.gateway().writeComments();
        pos.show(payment, DeviceOutcomes.running().with("Prompt", "ENTER PIN"));
        int mark = pos.mark();
        pos.gateway().cutStreams();
        RequestReceived resumed = pos.expectPoll(mark, payment);
        List<String> sent = eventsBefore(mark, pos, payment);
        Optional<String> seen = resumed.request().lastEventId();
        if (seen.isPresent() && !sent.contains(seen.get())) {
            throw new CheckFailedException(
                    "its Last-Event-ID was %s, but the events were %s".formatted(seen.get(), String.join(", ", sent)));
        }
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()));
        pos.expectApproved(payment);
    }

    /** Returns the ids of the events that were sent: the last ones may have been lost with their connection. */
    private static List<String> eventsBefore(int mark, PosUnderTest pos, PosPayment payment) {
        return pos.log().since(payment.mark()).stream()
                .limit((long) mark - payment.mark())
                .filter(StreamEventSent.class::isInstance)
                .map(event -> ((StreamEventSent) event).shown())
                .filter(shown -> shown.transactionId().equals(payment.transactionId()))
                .map(shown -> Long.toString(shown.version()))
                .toList();
    }

    public static void cancels(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = cancelled(pos);
        pos.finish(payment, DeviceOutcomes.cancelled().with("Cancellation", "DONE"));
        pos.expectDisplay(Display.CANCELLED, "");
    }

    /** The customer had paid before the device was asked to stop. */
    public static void showsAnApprovalInSpiteOfACancellation(PosUnderTest pos)
            throws CheckFailedException, CheckNotRunException, InterruptedException {
        PosPayment payment = cancelled(pos);
        pos.show(payment, DeviceOutcomes.running().with("Cancellation", "TOO-LATE"));
        pos.finish(payment, DeviceOutcomes.approved(payment.cents()).with("Cancellation", "TOO-LATE"));
        pos.expectApproved(payment);
    }

    /** An operator whose POS can't cancel skips the task. */
    private static PosPayment cancelled(PosUnderTest pos) throws CheckNotRunException, InterruptedException {
        try {
            PosPayment payment = PosUnderTest.accepted(pos.start(PosTask.PayAndCancel::new));
            pos.gateway().change(payment.transactionId(), DeviceOutcomes.running());
            Optional<RequestReceived> cancellation = pos.tasks()
                    .await(atMost -> pos.request(
                            payment.mark(), received -> received.is(Call.CANCEL, payment.transactionId()), atMost));
            if (cancellation.isPresent()) {
                return payment;
            }
        } catch (CheckNotRunException skipped) {
            if (PosFeature.CANCEL.isUsedIn(pos.log())) {
                throw skipped;
            }
        }
        throw PosUnderTest.notApplicable(PosFeature.CANCEL);
    }
}
