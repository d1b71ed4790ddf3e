package dev.terminalcloud.certification.device.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.check.CheckFailedException;
import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.OperatorTasks;
import dev.terminalcloud.certification.operator.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The device under test: the messages that scenarios send to it and receive from it, and the tasks of its operator.
 *
 * <p>Methods that expect a reaction throw a {@link CheckFailedException} if it does not occur; methods that prepare a precondition throw a
 * {@link CheckNotRunException}, since another check covers it.
 */
public final class DeviceUnderTest {
    private final SimulatedCloud cloud;
    private final CertificationOperator operator;
    private final OperatorTasks tasks;
    private final Times times;
    private final List<OfferedPayment> offered = new ArrayList<>();
    private ExpectedPairing pairing;

    /**
     * Begins with an unpaired device.
     *
     * @param firstPairingNumber higher than all that the device has received before
     */
    public DeviceUnderTest(SimulatedCloud cloud, CertificationOperator operator, Times times, long firstPairingNumber) {
        this.cloud = cloud;
        this.operator = operator;
        this.tasks = new OperatorTasks(operator, times.operator());
        this.times = times;
        this.pairing = ExpectedPairing.unpaired(firstPairingNumber);
        cloud.sendAfterHello(pairing.message());
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    Times times() {
        return times;
    }

    Trace trace() {
        return cloud.trace();
    }

    int mark() {
        return trace().mark();
    }

    ExpectedPairing pairing() {
        return pairing;
    }

    /** Returns the offered payments that may still run. */
    List<OfferedPayment> offered() {
        return List.copyOf(offered);
    }

    /** Forgets the offered payments, none of which still runs. */
    void forgetOffered() {
        offered.clear();
    }

    // Actions of the cloud

    void send(ObjectNode command) throws CheckNotRunException, InterruptedException {
        connected();
        while (!cloud.send(command)) {
            connected();
        }
    }

    void send(String type, String transactionId) throws CheckNotRunException, InterruptedException {
        send(message(type).put("transactionId", transactionId));
    }

    static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    void offer(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        offered.add(payment);
        send(payment.offer());
    }

    /** Pairs the device again, with the next pairing number. */
    void pair() throws CheckNotRunException, InterruptedException {
        change(pairing.afterPairing());
    }

    void unpair() throws CheckNotRunException, InterruptedException {
        change(pairing.afterUnpairing());
    }

    private void change(ExpectedPairing next) throws CheckNotRunException, InterruptedException {
        pairing = next;
        cloud.sendAfterHello(next.message());
        send(next.message());
    }

    // Preconditions of a check

    Connected connected() throws CheckNotRunException, InterruptedException {
        return trace().await(Trace::open, times.reconnect())
                .orElseThrow(() -> new CheckNotRunException("the device is not connected"));
    }

    /** Closes the connection, and waits until the device has reconnected. */
    Connected reconnected() throws CheckNotRunException, InterruptedException {
        int before = connected().connection();
        cloud.dropConnection();
        return trace().await(newerThan(before), times.reconnect())
                .orElseThrow(() -> new CheckNotRunException("the device did not reconnect"));
    }

    static Function<Trace, Optional<Connected>> newerThan(int connection) {
        return trace -> trace.open().filter(open -> open.connection() > connection);
    }

    /** Waits for a message that is a precondition of the check. */
    void prepare(int mark, OfferedPayment payment, String type) throws CheckNotRunException, InterruptedException {
        if (awaitMessage(mark, payment.id(), times.reply(), type).isEmpty()) {
            throw new CheckNotRunException("%s is needed, but %s".formatted(type, since(mark, payment)));
        }
    }

    /** Offers the payment, and waits for the claim. */
    OfferedPayment claimed(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        int mark = mark();
        offer(payment);
        prepare(mark, payment, "transaction-claim");
        return payment;
    }

    /** Starts a payment that the device shows, and that the operator leaves unpaid. */
    OfferedPayment running() throws CheckNotRunException, InterruptedException {
        OfferedPayment payment = claimed(OfferedPayment.toBeLeft(pairing.number()));
        operator.perform(DeviceTask.LEAVE);
        int mark = mark();
        send("start-granted", payment.id());
        prepare(mark, payment, "transaction-progress");
        return payment;
    }

    /** Grants the claimed payment and lets the operator pay; returns the device's first result. */
    MessageReceived finished(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        return granted(payment).orElseThrow(() -> new CheckNotRunException("the device did not finish a payment"));
    }

    /** As {@link #finished}, for the check of this rule itself. */
    Optional<MessageReceived> granted(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        operator.perform(DeviceTask.PAY);
        send("start-granted", payment.id());
        return awaitOperator(trace -> trace.messagesAbout(payment.id())
                .filter(message -> message.type().equals("transaction-finished"))
                .findFirst());
    }

    // Reactions of the device

    /** Waits for the first message of these types about the transaction after the mark. */
    Optional<MessageReceived> awaitMessage(int mark, String transactionId, Duration atMost, String... types)
            throws InterruptedException {
        return trace().await(mark, MessageReceived.class, about(transactionId, types), atMost);
    }

    private static Predicate<MessageReceived> about(String transactionId, String... types) {
        List<String> wanted = Arrays.asList(types);
        return message -> message.isAbout(transactionId) && wanted.contains(message.type());
    }

    /** Expects a message of these types after the mark. */
    MessageReceived expect(int mark, OfferedPayment payment, String... types)
            throws CheckFailedException, InterruptedException {
        return awaitMessage(mark, payment.id(), times.reply(), types)
                .orElseThrow(() -> new CheckFailedException("expected %s within %d s, but %s"
                        .formatted(String.join(" or ", types), times.reply().toSeconds(), since(mark, payment))));
    }

    /** Expects the same result again, unchanged. */
    MessageReceived expectAgain(int mark, OfferedPayment payment, MessageReceived first)
            throws CheckFailedException, InterruptedException {
        return trace().await(
                        mark,
                        MessageReceived.class,
                        message -> message.isAbout(payment.id())
                                && message.message().equals(first.message()),
                        times.reply())
                .orElseThrow(() -> new CheckFailedException("expected the same %s again within %d s, but %s"
                        .formatted(first.type(), times.reply().toSeconds(), since(mark, payment))));
    }

    /** Expects no message of these types about the transaction within the time. */
    void expectNothing(int mark, OfferedPayment payment, Duration time, String... types)
            throws CheckFailedException, InterruptedException {
        if (awaitMessage(mark, payment.id(), time, types).isPresent()) {
            throw new CheckFailedException(since(mark, payment));
        }
    }

    /** Expects that the transaction does not run. */
    void expectNoRun(int mark, OfferedPayment payment) throws CheckFailedException, InterruptedException {
        expectNothing(mark, payment, times.quiet(), "transaction-progress", "transaction-finished");
    }

    /** Describes the messages of the device about the transaction after the mark. */
    String since(int mark, OfferedPayment payment) {
        List<String> types = trace().since(mark, MessageReceived.class)
                .filter(message -> message.isAbout(payment.id()))
                .map(MessageReceived::type)
                .distinct()
                .toList();
        return types.isEmpty() ? "it sent nothing about it" : "it sent " + String.join(", ", types);
    }

    // Actions and observations of the operator

    /** Waits for the operator, who sees the time left. */
    <T> Optional<T> awaitOperator(Function<Trace, Optional<T>> done) throws CheckNotRunException, InterruptedException {
        return tasks.await(atMost -> trace().await(done, atMost));
    }

    <T> T ask(Task task, Function<Trace, Optional<T>> done) throws CheckNotRunException, InterruptedException {
        return tasks.ask(task, atMost -> trace().await(done, atMost));
    }

    void expectDisplay(DisplayQuestion question) throws CheckFailedException, CheckNotRunException {
        if (!operator.confirms(question)) {
            throw new CheckFailedException("the operator answered no to: " + question.question());
        }
    }
}
