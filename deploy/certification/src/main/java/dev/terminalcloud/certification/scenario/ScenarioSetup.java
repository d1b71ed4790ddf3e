package dev.terminalcloud.certification.scenario;

import dev.terminalcloud.certification.cloud.SimulatedCloud;
import dev.terminalcloud.certification.cloud.Trace;
import dev.terminalcloud.certification.cloud.TraceEntry.CommandSent;
import dev.terminalcloud.certification.cloud.TraceEntry.ConnectRefused;
import dev.terminalcloud.certification.cloud.TraceEntry.MessageReceived;
import dev.terminalcloud.certification.operator.CheckNotRunException;
import dev.terminalcloud.certification.operator.DeviceOperator;
import dev.terminalcloud.certification.operator.Task;
import java.util.List;
import java.util.Optional;

/** Brings the device on the bench to where each scenario begins: connected, idle, ready and paired. */
public final class ScenarioSetup {
    private final DeviceUnderTest bench;
    private final SimulatedCloud cloud;
    private final DeviceOperator operator;

    /** Looks after the device on this bench. */
    public ScenarioSetup(DeviceUnderTest bench, DeviceOperator operator) {
        this.bench = bench;
        this.cloud = bench.cloud();
        this.operator = operator;
    }

    /**
     * Waits for the device's first connection.
     *
     * @throws CheckNotRunException when none comes
     */
    public void begin() throws CheckNotRunException, InterruptedException {
        operator.perform(Task.CONNECT);
        if (bench.awaitOperator(Trace::open).isEmpty()) {
            boolean refused = cloud.trace().all(ConnectRefused.class).anyMatch(ConnectRefused::wrongCredentials);
            throw new CheckNotRunException(
                    refused
                            ? "a device was refused: its client id, user name or secret is another"
                            : "no device has connected and said hello");
        }
    }

    /**
     * Makes the device connected, idle, ready and paired again, whatever was before.
     *
     * @throws CheckNotRunException when it does not come back
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
            bench.ask(Task.BECOME_READY, trace -> isReady(trace) ? Optional.of(true) : Optional.empty());
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
        boolean silent = trace.said(payment.id()).findAny().isEmpty();
        boolean runs = trace.said(payment.id()).anyMatch(said -> said.type().equals("transaction-progress"));
        int mark = trace.mark();
        bench.send(granted || silent || runs ? "cancel-transaction" : "start-refused", payment.id());
        if (runs
                && bench.said(mark, payment.id(), bench.times().reply(), "transaction-finished")
                        .isEmpty()
                && !hasEnded(payment)) {
            bench.ask(Task.END_PAYMENT, all -> hasEnded(payment) ? Optional.of(true) : Optional.empty());
        }
    }

    /** A device that says something else of it later is not done with it. */
    private boolean hasEnded(OfferedPayment payment) {
        return cloud.trace()
                .said(payment.id())
                .map(MessageReceived::type)
                .reduce((earlier, later) -> later)
                .filter(List.of("transaction-finished", "transaction-refused", "transaction-never-seen")::contains)
                .isPresent();
    }

    private static boolean isReady(Trace trace) {
        return status(trace).equals("READY");
    }

    /** The newest that the device said of itself. */
    static String status(Trace trace) {
        return trace.all(MessageReceived.class)
                .filter(said -> said.type().equals("hello") || said.type().equals("status"))
                .reduce((earlier, later) -> later)
                .map(said -> said.text("status"))
                .orElse("");
    }
}
