package dev.terminalcloud.certification.device.scenario;

import dev.terminalcloud.certification.device.cloud.SimulatedCloud;
import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.device.cloud.TraceEntry.ConnectRefused;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import java.util.List;
import java.util.Optional;

/** Brings the device under test to the initial state of each scenario: connected, idle, ready and paired. */
public final class ScenarioSetup {
    private final DeviceUnderTest bench;
    private final SimulatedCloud cloud;
    private final CertificationOperator operator;

    public ScenarioSetup(DeviceUnderTest bench, CertificationOperator operator) {
        this.bench = bench;
        this.cloud = bench.cloud();
        this.operator = operator;
    }

    /**
     * Waits for the device's first connection.
     *
     * @throws CheckNotRunException if it does not connect
     */
    public void begin() throws CheckNotRunException, InterruptedException {
        operator.perform(DeviceTask.CONNECT);
        if (bench.awaitOperator(Trace::open).isEmpty()) {
            boolean refused = cloud.trace().all(ConnectRefused.class).anyMatch(ConnectRefused::wrongCredentials);
            throw new CheckNotRunException(
                    refused
                            ? "A device was refused: wrong client id, user name or secret"
                            : "No device has connected and sent hello");
        }
    }

    /**
     * Restores the initial state: connected, idle, ready and paired.
     *
     * @throws CheckNotRunException if the device does not reconnect
     */
    public void restore() throws CheckNotRunException, InterruptedException {
        cloud.acceptConnects();
        cloud.resumeAcknowledgements();
        bench.connected();
        for (OfferedPayment payment : bench.offered()) {
            end(payment);
        }
        bench.forgetOffered();
        if (!isReady(cloud.trace())) {
            bench.ask(DeviceTask.BECOME_READY, trace -> isReady(trace) ? Optional.of(true) : Optional.empty());
        }
        if (!bench.pairing().paired()) {
            bench.pair();
        }
    }

    private void end(OfferedPayment payment) throws CheckNotRunException, InterruptedException {
        if (hasEnded(payment)) {
            return;
        }
        Trace trace = cloud.trace();
        boolean granted = trace.all(CommandSent.class)
                .anyMatch(command -> command.type().equals("start-granted") && command.isAbout(payment.id()));
        boolean unanswered = trace.messagesAbout(payment.id()).findAny().isEmpty();
        boolean runs = trace.messagesAbout(payment.id())
                .anyMatch(message -> message.type().equals("transaction-progress"));
        int mark = trace.mark();
        bench.send(granted || unanswered || runs ? "cancel-transaction" : "start-refused", payment.id());
        if (runs
                && bench.awaitMessage(mark, payment.id(), bench.times().reply(), "transaction-finished")
                        .isEmpty()
                && !hasEnded(payment)) {
            bench.ask(DeviceTask.END_PAYMENT, all -> hasEnded(payment) ? Optional.of(true) : Optional.empty());
        }
    }

    /** Only the last message counts: a device that sends another one later has not ended it. */
    private boolean hasEnded(OfferedPayment payment) {
        return cloud.trace()
                .messagesAbout(payment.id())
                .map(MessageReceived::type)
                .reduce((earlier, later) -> later)
                .filter(List.of("transaction-finished", "transaction-refused", "transaction-never-seen")::contains)
                .isPresent();
    }

    private static boolean isReady(Trace trace) {
        return status(trace).equals("READY");
    }

    /** Returns the newest status that the device has sent. */
    static String status(Trace trace) {
        return trace.all(MessageReceived.class)
                .filter(message ->
                        message.type().equals("hello") || message.type().equals("status"))
                .reduce((earlier, later) -> later)
                .map(message -> message.text("status"))
                .orElse("");
    }
}
