package dev.terminalcloud.certification.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.SimulatedCloud;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.DeviceOperator;
import dev.terminalcloud.certification.operator.DisplayQuestion;
import dev.terminalcloud.certification.operator.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The device on the bench: what scenarios say to it, hear from it, and ask of the person beside it.
 *
 * <p>Methods that expect something end with a {@link CheckFailedException} when it does not come; methods that prepare
 * something end with a {@link CheckNotRunException}, since another check is the one to fail for that.
 */
public final class DeviceUnderTest {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final SimulatedCloud cloud;
    private final DeviceOperator operator;
    private final Times times;
    private final List<OfferedPayment> offered = new ArrayList<>();
    private ExpectedPairing pairing;

    /**
     * A bench with an unpaired device.
     *
     * @param firstPairingNumber greater than any that the device was told before
     */
    public DeviceUnderTest(SimulatedCloud cloud, DeviceOperator operator, Times times, long firstPairingNumber) {
        this.cloud = cloud;
        this.operator = operator;
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

    /** What may still run. */
    List<OfferedPayment> offered() {
        return List.copyOf(offered);
    }

    /** Nothing runs any more. */
    void forgetOffered() {
        offered.clear();
    }

    // What the cloud does

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

    /** Pairs the device anew; its number is one more. */
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

    // What must be there before a rule can be checked

    Connected connected() throws CheckNotRunException, InterruptedException {
        return trace().await(Trace::open, times.reconnect())
                .orElseThrow(() -> new CheckNotRunException("the device is not connected"));
    }

    /** Breaks the connection, and waits until the device is back. */
    Connected reconnected() throws CheckNotRunException, InterruptedException {
        int before = connected().connection();
        cloud.dropConnection();
        return trace().await(newerThan(before), times.reconnect())
                .orElseThrow(() -> new CheckNotRunException("the device did not connect again"));
    }

    static Function<Trace, Optional<Connected>> newerThan(int connection) {
        return trace -> trace.open().filter(open -> open.connection() > connection);
    }

    /** An answer that is not what is checked, but without which nothing can be. */
    void prepare(int mark, OfferedPayment payment, String type) throws CheckNotRunException, InterruptedException {
        if (said(mark, payment.id(), times.reply(), type).isEmpty()) {
            throw new CheckNotRunException("it takes a %s, but %s".formatted(type, since(mark, payment)));
        }
    }

    /** Offers the payment, which the device claims. */
    OfferedPayment claimed(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        int mark = mark();
        offer(payment);
        prepare(mark, payment, "transaction-claim");
        return payment;
    }

    /** A payment that the device shows, and that nobody pays. */
    OfferedPayment running() throws CheckNotRunException, InterruptedException {
        OfferedPayment payment = claimed(OfferedPayment.toBeLeft(pairing.number()));
        operator.perform(Task.LEAVE);
        int mark = mark();
        send("start-granted", payment.id());
        prepare(mark, payment, "transaction-progress");
        return payment;
    }

    /** Grants the claimed payment and lets it be paid; what the device first said of its end. */
    MessageReceived finished(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        return granted(payment).orElseThrow(() -> new CheckNotRunException("the device did not finish a payment"));
    }

    /** As {@link #finished}, for the check of just that. */
    Optional<MessageReceived> granted(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        operator.perform(Task.PAY);
        send("start-granted", payment.id());
        return awaitOperator(trace -> trace.said(payment.id())
                .filter(said -> said.type().equals("transaction-finished"))
                .findFirst());
    }

    // What the device does

    /** The first message of these types about the transaction after the mark. */
    Optional<MessageReceived> said(int mark, String transactionId, Duration atMost, String... types)
            throws InterruptedException {
        return trace().await(mark, MessageReceived.class, about(transactionId, types), atMost);
    }

    private static Predicate<MessageReceived> about(String transactionId, String... types) {
        List<String> wanted = Arrays.asList(types);
        return said -> said.isAbout(transactionId) && wanted.contains(said.type());
    }

    /** An answer to what was told after the mark. */
    MessageReceived expect(int mark, OfferedPayment payment, String... types)
            throws CheckFailedException, InterruptedException {
        return said(mark, payment.id(), times.reply(), types)
                .orElseThrow(() -> new CheckFailedException("expected %s within %d s, but %s"
                        .formatted(String.join(" or ", types), times.reply().toSeconds(), since(mark, payment))));
    }

    /** The same result once more, word for word. */
    MessageReceived expectAgain(int mark, OfferedPayment payment, MessageReceived first)
            throws CheckFailedException, InterruptedException {
        return trace().await(
                        mark,
                        MessageReceived.class,
                        said -> said.isAbout(payment.id()) && said.message().equals(first.message()),
                        times.reply())
                .orElseThrow(() -> new CheckFailedException("expected the same %s again within %d s, but %s"
                        .formatted(first.type(), times.reply().toSeconds(), since(mark, payment))));
    }

    /** None of these types comes about the transaction, for a while. */
    void expectNothing(int mark, OfferedPayment payment, Duration time, String... types)
            throws CheckFailedException, InterruptedException {
        if (said(mark, payment.id(), time, types).isPresent()) {
            throw new CheckFailedException(since(mark, payment));
        }
    }

    /** The transaction does not run, whatever came. */
    void expectNoRun(int mark, OfferedPayment payment) throws CheckFailedException, InterruptedException {
        expectNothing(mark, payment, times.quiet(), "transaction-progress", "transaction-finished");
    }

    /** What the device said about the transaction after the mark, in words. */
    String since(int mark, OfferedPayment payment) {
        List<String> types = trace().since(mark, MessageReceived.class)
                .filter(said -> said.isAbout(payment.id()))
                .map(MessageReceived::type)
                .distinct()
                .toList();
        return types.isEmpty() ? "it said nothing about it" : "it said " + String.join(", ", types);
    }

    // What the person at the device does and sees

    /** Waits for a person, who is told how long. */
    <T> Optional<T> awaitOperator(Function<Trace, Optional<T>> done) throws CheckNotRunException, InterruptedException {
        long end = System.nanoTime() + times.operator().toNanos();
        while (true) {
            Optional<T> found = trace().await(done, POLL_INTERVAL);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (found.isPresent() || left.isNegative()) {
                return found;
            }
            operator.awaiting(left);
        }
    }

    <T> T ask(Task task, Function<Trace, Optional<T>> done) throws CheckNotRunException, InterruptedException {
        operator.perform(task);
        return awaitOperator(done)
                .orElseThrow(() -> new CheckNotRunException("nothing was seen of this within %d s: %s"
                        .formatted(times.operator().toSeconds(), task.words())));
    }

    /** The power is taken away and comes back. */
    Connected restarted() throws CheckNotRunException, InterruptedException {
        return ask(Task.CYCLE_POWER, newerThan(connected().connection()));
    }

    void expectDisplay(DisplayQuestion sight) throws CheckFailedException, CheckNotRunException {
        if (!operator.confirms(sight)) {
            throw new CheckFailedException("the person at the device said no to: " + sight.question());
        }
    }
}
