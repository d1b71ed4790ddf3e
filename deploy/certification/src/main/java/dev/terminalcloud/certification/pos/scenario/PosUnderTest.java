package dev.terminalcloud.certification.pos.scenario;

import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.OperatorTasks;
import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.Callback;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.AnswerSent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.TransactionStored;
import dev.terminalcloud.certification.pos.gateway.SimulatedGateway;
import dev.terminalcloud.certification.pos.gateway.StartReaction;
import dev.terminalcloud.certification.pos.gateway.TransactionState;
import dev.terminalcloud.certification.pos.scenario.PosQuestion.Display;
import dev.terminalcloud.certification.trace.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The POS under test: the tasks of its operator, and what the gateway sees of it.
 *
 * <p>Methods that expect a reaction throw a {@link CheckFailedException} if it does not occur; methods that prepare a precondition throw a
 * {@link CheckNotRunException}, since another check covers it.
 */
public final class PosUnderTest {
    private static final long FIRST_AMOUNT = 1234;
    private static final long NEXT_AMOUNT = 101;

    private final SimulatedGateway gateway;
    private final CertificationOperator operator;
    private final OperatorTasks tasks;
    private final PosTimes times;
    private final List<Integer> paymentMarks = new ArrayList<>();
    private long nextAmount = FIRST_AMOUNT;

    public PosUnderTest(SimulatedGateway gateway, CertificationOperator operator, PosTimes times) {
        this.gateway = gateway;
        this.operator = operator;
        this.tasks = new OperatorTasks(operator, times.operator());
        this.times = times;
    }

    SimulatedGateway gateway() {
        return gateway;
    }

    OperatorTasks tasks() {
        return tasks;
    }

    /** Returns the way to wait for this time, which the operator sees. */
    OperatorTasks waiting(Duration time) {
        return new OperatorTasks(operator, time);
    }

    PosTimes times() {
        return times;
    }

    EventLog<GatewayEvent> log() {
        return gateway.log();
    }

    int mark() {
        return log().mark();
    }

    /** Returns the marks before the tasks to take a payment. */
    List<Integer> paymentMarks() {
        return List.copyOf(paymentMarks);
    }

    // Preconditions of a check

    /** Skips the check if the POS has started a payment, and does not use the feature. */
    void needs(PosFeature feature) throws CheckNotRunException {
        if (log().all(RequestReceived.class)
                        .anyMatch(received -> received.request().isPayment())
                && !feature.isUsedIn(log())) {
            throw notApplicable(feature);
        }
    }

    /** Skips the check if the start does not use the feature. The payment ends. */
    void needs(PosFeature feature, PosPayment payment) throws CheckNotRunException {
        if (!feature.isUsedBy(payment.request())) {
            throw notApplicable(feature);
        }
    }

    static CheckNotRunException notApplicable(PosFeature feature) {
        return CheckNotRunException.notApplicable(feature.absence());
    }

    /** Lets the operator take a payment, and returns its first start. The next starts get these reactions. */
    PosPayment start(StartReaction... reactions) throws CheckNotRunException, InterruptedException {
        gateway.reactToStarts(reactions);
        return start(PosTask.Pay::new);
    }

    /** Makes a task of an amount. */
    interface PaymentTask {
        PosTask of(long cents);
    }

    PosPayment start(PaymentTask task) throws CheckNotRunException, InterruptedException {
        long cents = nextAmount;
        nextAmount += NEXT_AMOUNT;
        return start(task, cents);
    }

    /** Lets the operator refund the payment, and returns its first start, which gets this reaction. */
    PosPayment refund(PosPayment payment, StartReaction reaction) throws CheckNotRunException, InterruptedException {
        gateway.reactToStarts(reaction);
        return start(PosTask.Refund::new, payment.cents());
    }

    private PosPayment start(PaymentTask task, long cents) throws CheckNotRunException, InterruptedException {
        int mark = mark();
        paymentMarks.add(mark);
        RequestReceived start = tasks.ask(task.of(cents), atMost -> request(mark, PosUnderTest::isPayment, atMost));
        return new PosPayment(mark, cents, start, storedFor(start));
    }

    /** Returns the id of the transaction that was stored for the start; empty if it was rejected. */
    Optional<String> storedFor(RequestReceived start) throws InterruptedException {
        return log().await(0, GatewayEvent.class, event -> isReaction(event, start.number()), times.reaction())
                .filter(TransactionStored.class::isInstance)
                .map(stored -> ((TransactionStored) stored).transactionId());
    }

    /** Returns the amount of the next payment. */
    long nextAmount() {
        return nextAmount;
    }

    private static boolean isPayment(RequestReceived received) {
        return received.request().isPayment();
    }

    private static boolean isReaction(GatewayEvent event, int number) {
        return (event instanceof TransactionStored stored && stored.number() == number)
                || (event instanceof AnswerSent answer && answer.number() == number);
    }

    /** Lets the operator take a payment that runs on the device. */
    PosPayment pay(StartReaction... reactions) throws CheckNotRunException, InterruptedException {
        return accepted(start(reactions));
    }

    /** Returns the payment if it was stored. */
    static PosPayment accepted(PosPayment payment) throws CheckNotRunException {
        if (payment.id().isEmpty()) {
            throw new CheckNotRunException("the start was rejected: "
                    + payment.request().problems().stream()
                            .findFirst()
                            .orElse("not the names or the token of the pairing"));
        }
        return payment;
    }

    /** Lets the operator take a payment that the POS polls, and returns it after the first poll. */
    PosPayment polled() throws CheckFailedException, CheckNotRunException, InterruptedException {
        needs(PosFeature.ASYNCHRONOUS_MODE);
        PosPayment payment = pay();
        needs(PosFeature.ASYNCHRONOUS_MODE, payment);
        expectPoll(payment.mark(), payment);
        gateway.change(payment.transactionId(), DeviceOutcomes.running());
        return payment;
    }

    // Reactions of the POS

    Optional<RequestReceived> request(int mark, Predicate<RequestReceived> sought, Duration atMost)
            throws InterruptedException {
        return log().await(mark, RequestReceived.class, sought, atMost);
    }

    RequestReceived expect(int mark, String expected, Predicate<RequestReceived> sought)
            throws CheckFailedException, InterruptedException {
        return request(mark, sought, times.reaction())
                .orElseThrow(() -> new CheckFailedException("expected %s within %d s, but it did not come"
                        .formatted(expected, times.reaction().toSeconds())));
    }

    RequestReceived expectPoll(int mark, PosPayment payment) throws CheckFailedException, InterruptedException {
        return expect(mark, "a poll", received -> received.is(Call.POLL, payment.transactionId()));
    }

    /** Changes the state, and expects that the POS takes it over. */
    void show(PosPayment payment, TransactionState state) throws CheckFailedException, InterruptedException {
        long version = gateway.change(payment.transactionId(), state);
        if (!new ShownStates(log()).awaits(payment, version, times.reaction())) {
            throw new CheckFailedException("it did not take over what has happened to the payment within %d s"
                    .formatted(times.reaction().toSeconds()));
        }
    }

    /** Ends the payment, with the callback if the POS wants one, and expects that the POS takes the outcome over. */
    void finish(PosPayment payment, TransactionState outcome) throws CheckFailedException, InterruptedException {
        long version = gateway.change(payment.transactionId(), outcome);
        if (payment.hasCallback()) {
            gateway.send(payment.transactionId(), Callback.genuine(outcome, version));
        }
        show(payment, outcome);
    }

    /** Expects that the POS starts no other payment than a repetition of this one. */
    void expectNoOtherPayment(PosPayment payment) throws CheckFailedException {
        if (log().since(payment.mark(), RequestReceived.class)
                .filter(PosUnderTest::isPayment)
                .anyMatch(received -> isOther(payment, received))) {
            throw new CheckFailedException("it started another payment, without the key of the first");
        }
    }

    static boolean isOther(PosPayment payment, RequestReceived received) {
        return isPayment(received)
                && received.number() != payment.start().number()
                && !payment.isRepeatedBy(received.request());
    }

    void perform(PosTask task) {
        operator.perform(task);
    }

    void expectDisplay(Display display, String detail) throws CheckFailedException, CheckNotRunException {
        PosQuestion question = new PosQuestion(display, detail);
        if (!operator.confirms(question)) {
            throw new CheckFailedException("the operator answered no to: " + question.question());
        }
    }

    void expectApproved(PosPayment payment) throws CheckFailedException, CheckNotRunException {
        expectDisplay(Display.APPROVED, PosTask.amount(payment.cents()));
    }
}
