package dev.terminalcloud.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.KeyUse;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.checker.plan.Plans;
import dev.terminalcloud.checker.plan.WaitMode;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * A register and its two devices, one of them paired: executes one planned transaction after the other. For one thread.
 *
 * <p>A transaction that does not end within the follow-up time stays open, and the register polls it from time to time.
 */
public final class Merchant implements AutoCloseable {
    private static final Duration FOLLOW_UP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY_DELAY = Duration.ofMillis(1_500);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NOT_PAIRED = 400;

    private final RegisterClient register;
    private final RegisterClient otherRegister;
    private final URI cloud;
    private final List<ScriptedDevice> terminals;
    private final ScheduledExecutorService threads;
    private final List<OpenTransaction> open = new ArrayList<>();
    private final FinalReads finalReads;
    private int paired;
    private long polledOpenNanos = System.nanoTime();

    /** @param otherRegister which takes the device of the first now and then, and never pays */
    Merchant(
            RegisterClient register,
            RegisterClient otherRegister,
            URI cloud,
            List<ScriptedDevice> terminals,
            ScheduledExecutorService threads) {
        this.register = register;
        this.otherRegister = otherRegister;
        this.cloud = cloud;
        this.terminals = List.copyOf(terminals);
        this.threads = threads;
        this.finalReads = new FinalReads(register);
    }

    /** Executes transactions while the run goes on. */
    void run(Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        terminals.forEach(ScriptedDevice::start);
        register.pairs(terminal(), goesOn);
        while (goesOn.getAsBoolean()) {
            pollOpen();
            execute(plans.next(), plans, goesOn);
        }
    }

    /** Polls the open transactions until they have ended, and then reads all again. The faults are over. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        long limit = System.nanoTime() + atMost.toNanos();
        terminals.forEach(ScriptedDevice::powerOn);
        terminals.forEach(ScriptedDevice::plug);
        do {
            terminals.forEach(terminal -> terminal.endPayment(Ending.APPROVE));
            Pause.sleep(SECOND);
            pollOpen();
        } while (!allEnded() && System.nanoTime() - limit < 0);
        finalReads.readAll();
    }

    private boolean allEnded() {
        return open.isEmpty() && terminals.stream().allMatch(ScriptedDevice::allEnded);
    }

    /** Returns the number of transactions that have not ended. */
    int openCount() {
        return open.size();
    }

    private void execute(Plan plan, Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        pairAgain(plan, goesOn);
        PlannedIncidents.schedule(plan, terminal(), threads);
        Optional<HistoryEntry.Answered> answer = register.starts(plan, goesOn);
        finalReads.addStart(plan);
        if (answer.filter(is -> is.status() == OK).isPresent()) {
            OpenTransaction transaction = OpenTransaction.of(plan, answer.get(), cloud);
            followUp(transaction, plans, goesOn);
            if (plan.extras().keyUse() == KeyUse.AFTER_SUCCESS && goesOn.getAsBoolean()) {
                register.repeatsStart(plan);
            }
        } else if (answer.filter(is -> is.status() == NOT_PAIRED).isPresent()) {
            register.pairs(terminal(), goesOn);
        } else {
            Pause.sleep(RETRY_DELAY);
            findStarted(plan, answer);
        }
    }

    /** A start without a response may have started a transaction: the register finds it by its reference. */
    private void findStarted(Plan plan, Optional<HistoryEntry.Answered> answer) throws InterruptedException {
        if (answer.isEmpty()) {
            register.looksUp(plan).stream()
                    .flatMap(List::stream)
                    .forEach(found -> open.add(OpenTransaction.found(plan, found, cloud)));
        }
    }

    private void followUp(OpenTransaction transaction, Plans plans, BooleanSupplier goesOn)
            throws InterruptedException {
        TransactionWatch watch = watch(transaction);
        if (!awaitsEnd(transaction, watch, plans, goesOn)) {
            open.add(transaction);
        }
        watch.close();
    }

    private TransactionWatch watch(OpenTransaction transaction) {
        if (transaction.plan().extras().waitMode() != WaitMode.EVENT_STREAM) {
            return new Polls(register, transaction);
        }
        EventStream stream = register.streams(transaction);
        finalReads.addStream(stream);
        return stream;
    }

    /** Returns whether it has ended in time. */
    private boolean awaitsEnd(OpenTransaction transaction, TransactionWatch watch, Plans plans, BooleanSupplier goesOn)
            throws InterruptedException {
        long begin = System.nanoTime();
        boolean retriesEarly = transaction.plan().retriesEarly();
        PlannedCancellations cancellations = new PlannedCancellations(transaction.plan(), begin);
        while (goesOn.getAsBoolean() && System.nanoTime() - begin < FOLLOW_UP_TIMEOUT.toNanos()) {
            boolean hasEnded = watch.hasEnded();
            if (cancellations.isDue(hasEnded)) {
                register.cancels(transaction.id(), transaction.pollingUrl());
            }
            if (hasEnded) {
                finalReads.addEnded(transaction);
                return true;
            }
            if (retriesEarly) {
                startAnother(plans);
                retriesEarly = false;
            }
            if (PlannedIncidents.isOperatorNeeded(transaction.plan(), System.nanoTime() - begin)) {
                terminal().endPayment(transaction.plan().behaviour().ending());
            }
            watch.await(transaction.plan().pollEvery());
        }
        return false;
    }

    private void startAnother(Plans plans) throws InterruptedException {
        Plan another = plans.nextWithoutIncident();
        register.starts(another, () -> false)
                .filter(answer -> answer.status() == OK)
                .ifPresent(answer -> open.add(OpenTransaction.of(another, answer, cloud)));
    }

    private boolean hasEnded(OpenTransaction transaction) throws InterruptedException {
        Optional<JsonNode> body = register.polls(transaction.id(), transaction.pollingUrl());
        boolean completed = body.filter(OpenTransaction::isCompleted).isPresent();
        if (completed) {
            finalReads.addEnded(transaction);
        }
        return completed;
    }

    /** Polls the open transactions, once per second at most. */
    private void pollOpen() throws InterruptedException {
        if (System.nanoTime() - polledOpenNanos < SECOND.toNanos()) {
            return;
        }
        polledOpenNanos = System.nanoTime();
        open.removeIf(transaction -> !transaction.canBePolled());
        for (OpenTransaction transaction : List.copyOf(open)) {
            if (hasEnded(transaction)) {
                open.remove(transaction);
            }
        }
    }

    private void pairAgain(Plan plan, BooleanSupplier goesOn) throws InterruptedException {
        switch (plan.pairsAgain()) {
            case NO -> {}
            case SAME_DEVICE -> register.pairs(terminal(), goesOn);
            case OTHER_DEVICE -> {
                paired = (paired + 1) % terminals.size();
                register.pairs(terminal(), goesOn);
            }
            case OTHER_REGISTER -> otherRegister.pairs(terminal(), goesOn);
        }
    }

    private ScriptedDevice terminal() {
        return terminals.get(paired);
    }

    /** Records the final state of the devices. */
    void recordFinalState() {
        terminals.forEach(ScriptedDevice::recordFinalState);
    }

    @Override
    public void close() {
        terminals.forEach(ScriptedDevice::close);
    }
}
