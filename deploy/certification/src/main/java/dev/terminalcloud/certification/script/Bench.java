package dev.terminalcloud.certification.script;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.cloud.Entry.Connected;
import dev.terminalcloud.certification.cloud.Entry.Said;
import dev.terminalcloud.certification.cloud.PlayedCloud;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.operator.NotRunException;
import dev.terminalcloud.certification.operator.Operator;
import dev.terminalcloud.certification.operator.Sight;
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
 * <p>Methods that expect something end with a {@link BrokenRuleException} when it does not come; methods that prepare
 * something end with a {@link NotRunException}, since another check is the one to fail for that.
 */
public final class Bench {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final PlayedCloud cloud;
    private final Operator operator;
    private final Times times;
    private final List<Payment> offered = new ArrayList<>();
    private PairingState pairing;

    /**
     * A bench with an unpaired device.
     *
     * @param firstPairingNumber greater than any that the device was told before
     */
    public Bench(PlayedCloud cloud, Operator operator, Times times, long firstPairingNumber) {
        this.cloud = cloud;
        this.operator = operator;
        this.times = times;
        this.pairing = PairingState.unpaired(firstPairingNumber);
        cloud.tellAfterHello(pairing.message());
    }

    PlayedCloud cloud() {
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

    PairingState pairing() {
        return pairing;
    }

    /** What may still run. */
    List<Payment> offered() {
        return List.copyOf(offered);
    }

    /** Nothing runs any more. */
    void forgetOffered() {
        offered.clear();
    }

    // What the cloud does

    void tell(ObjectNode command) throws NotRunException, InterruptedException {
        connected();
        while (!cloud.tell(command)) {
            connected();
        }
    }

    void tell(String type, String transactionId) throws NotRunException, InterruptedException {
        tell(message(type).put("transactionId", transactionId));
    }

    static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    void offer(Payment payment) throws NotRunException, InterruptedException {
        offered.add(payment);
        tell(payment.offer());
    }

    /** Pairs the device anew; its number is one more. */
    void pair() throws NotRunException, InterruptedException {
        change(pairing.afterPairing());
    }

    void unpair() throws NotRunException, InterruptedException {
        change(pairing.afterUnpairing());
    }

    private void change(PairingState next) throws NotRunException, InterruptedException {
        pairing = next;
        cloud.tellAfterHello(next.message());
        tell(next.message());
    }

    // What must be there before a rule can be checked

    Connected connected() throws NotRunException, InterruptedException {
        return trace().await(Trace::open, times.reconnect())
                .orElseThrow(() -> new NotRunException("the device is not connected"));
    }

    /** Breaks the connection, and waits until the device is back. */
    Connected reconnected() throws NotRunException, InterruptedException {
        int before = connected().connection();
        cloud.cut();
        return trace().await(newerThan(before), times.reconnect())
                .orElseThrow(() -> new NotRunException("the device did not connect again"));
    }

    static Function<Trace, Optional<Connected>> newerThan(int connection) {
        return trace -> trace.open().filter(open -> open.connection() > connection);
    }

    /** An answer that is not what is checked, but without which nothing can be. */
    void prepare(int mark, Payment payment, String type) throws NotRunException, InterruptedException {
        if (said(mark, payment.id(), times.reply(), type).isEmpty()) {
            throw new NotRunException("it takes a %s, but %s".formatted(type, since(mark, payment)));
        }
    }

    /** Offers the payment, which the device claims. */
    Payment claimed(Payment payment) throws NotRunException, InterruptedException {
        int mark = mark();
        offer(payment);
        prepare(mark, payment, "transaction-claim");
        return payment;
    }

    /** A payment that the device shows, and that nobody pays. */
    Payment running() throws NotRunException, InterruptedException {
        Payment payment = claimed(Payment.toBeLeft(pairing.number()));
        operator.asks(Task.LEAVE);
        int mark = mark();
        tell("start-granted", payment.id());
        prepare(mark, payment, "transaction-progress");
        return payment;
    }

    /** Grants the claimed payment and lets it be paid; what the device first said of its end. */
    Said finished(Payment payment) throws NotRunException, InterruptedException {
        return granted(payment).orElseThrow(() -> new NotRunException("the device did not finish a payment"));
    }

    /** As {@link #finished}, for the check of just that. */
    Optional<Said> granted(Payment payment) throws NotRunException, InterruptedException {
        operator.asks(Task.PAY);
        tell("start-granted", payment.id());
        return patiently(trace -> trace.said(payment.id())
                .filter(said -> said.type().equals("transaction-finished"))
                .findFirst());
    }

    // What the device does

    /** The first message of these types about the transaction after the mark. */
    Optional<Said> said(int mark, String transactionId, Duration atMost, String... types) throws InterruptedException {
        return trace().await(mark, Said.class, about(transactionId, types), atMost);
    }

    private static Predicate<Said> about(String transactionId, String... types) {
        List<String> wanted = Arrays.asList(types);
        return said -> said.isAbout(transactionId) && wanted.contains(said.type());
    }

    /** An answer to what was told after the mark. */
    Said expect(int mark, Payment payment, String... types) throws BrokenRuleException, InterruptedException {
        return said(mark, payment.id(), times.reply(), types)
                .orElseThrow(() -> new BrokenRuleException("expected %s within %d s, but %s"
                        .formatted(String.join(" or ", types), times.reply().toSeconds(), since(mark, payment))));
    }

    /** The same result once more, word for word. */
    Said expectAgain(int mark, Payment payment, Said first) throws BrokenRuleException, InterruptedException {
        return trace().await(
                        mark,
                        Said.class,
                        said -> said.isAbout(payment.id()) && said.message().equals(first.message()),
                        times.reply())
                .orElseThrow(() -> new BrokenRuleException("expected the same %s again within %d s, but %s"
                        .formatted(first.type(), times.reply().toSeconds(), since(mark, payment))));
    }

    /** None of these types comes about the transaction, for a while. */
    void expectNothing(int mark, Payment payment, Duration time, String... types)
            throws BrokenRuleException, InterruptedException {
        if (said(mark, payment.id(), time, types).isPresent()) {
            throw new BrokenRuleException(since(mark, payment));
        }
    }

    /** The transaction does not run, whatever came. */
    void expectNoRun(int mark, Payment payment) throws BrokenRuleException, InterruptedException {
        expectNothing(mark, payment, times.quiet(), "transaction-progress", "transaction-finished");
    }

    /** What the device said about the transaction after the mark, in words. */
    String since(int mark, Payment payment) {
        List<String> types = trace().since(mark, Said.class)
                .filter(said -> said.isAbout(payment.id()))
                .map(Said::type)
                .distinct()
                .toList();
        return types.isEmpty() ? "it said nothing about it" : "it said " + String.join(", ", types);
    }

    // What the person at the device does and sees

    /** Waits for a person, who is told how long. */
    <T> Optional<T> patiently(Function<Trace, Optional<T>> done) throws NotRunException, InterruptedException {
        long end = System.nanoTime() + times.person().toNanos();
        while (true) {
            Optional<T> found = trace().await(done, BETWEEN_LOOKS);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (found.isPresent() || left.isNegative()) {
                return found;
            }
            operator.waits(left);
        }
    }

    <T> T ask(Task task, Function<Trace, Optional<T>> done) throws NotRunException, InterruptedException {
        operator.asks(task);
        return patiently(done)
                .orElseThrow(() -> new NotRunException("nothing was seen of this within %d s: %s"
                        .formatted(times.person().toSeconds(), task.words())));
    }

    /** The power is taken away and comes back. */
    Connected restarted() throws NotRunException, InterruptedException {
        return ask(Task.CYCLE_POWER, newerThan(connected().connection()));
    }

    void expectSight(Sight sight) throws BrokenRuleException, NotRunException {
        if (!operator.sees(sight)) {
            throw new BrokenRuleException("the person at the device said no to: " + sight.question());
        }
    }
}
