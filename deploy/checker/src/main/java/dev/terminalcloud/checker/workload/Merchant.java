package dev.terminalcloud.checker.workload;

import dev.terminalcloud.checker.history.HistoryEntry;
import dev.terminalcloud.checker.plan.KeyUse;
import dev.terminalcloud.checker.plan.Plan;
import dev.terminalcloud.checker.plan.Plans;
import dev.terminalcloud.checker.plan.RefundUse;
import dev.terminalcloud.checker.plan.WaitMode;
import dev.terminalcloud.virtualdevice.behaviour.Ending;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private static final int REJECTED = 400;

    private final RegisterClient register;
    private final RegisterClient otherRegister;
    private final URI cloud;
    private final List<ScriptedDevice> terminals;
    private final ScheduledExecutorService threads;
    private final FinalReads finalReads;
    private final OpenTransactions open;
    private final RefundableSales sales;
    private int paired;

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
        this.open = new OpenTransactions(register, finalReads);
        this.sales = new RefundableSales(register);
    }

    /** Executes transactions while the run goes on. */
    void run(Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        terminals.forEach(ScriptedDevice::start);
        register.pairs(terminal(), goesOn);
        while (goesOn.getAsBoolean()) {
            open.poll();
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
            open.poll();
        } while (!allEnded() && System.nanoTime() - limit < 0);
        finalReads.readAll();
    }

    private boolean allEnded() {
        return open.count() == 0 && terminals.stream().allMatch(ScriptedDevice::allEnded);
    }

    /** Returns the number of transactions that have not ended. */
    int openCount() {
        return open.count();
    }

    private void execute(Plan plan, Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        pairAgain(plan, goesOn);
        Start start = sales.choose(plan).map(refund -> Start.of(plan, refund)).orElse(Start.of(plan));
        PlannedIncidents.schedule(plan, terminal(), threads);
        Optional<HistoryEntry.Answered> answer = start(start, plans, goesOn);
        finalReads.addStart(plan);
        if (answer.filter(is -> is.status() == OK).isPresent()) {
            OpenTransaction transaction = OpenTransaction.of(plan, answer.get(), cloud);
            start.refund().ifPresent(refund -> sales.addRefund(refund, transaction));
            if (followUp(transaction, plans, goesOn)) {
                sales.add(start, transaction);
            }
            if (plan.extras().keyUse() == KeyUse.AFTER_SUCCESS && goesOn.getAsBoolean()) {
                register.repeatsStart(start);
            }
        } else if (answer.filter(Merchant::isNotPaired).isPresent()) {
            register.pairs(terminal(), goesOn);
        } else {
            Pause.sleep(RETRY_DELAY);
            findStarted(plan, answer);
        }
    }

    private Optional<HistoryEntry.Answered> start(Start start, Plans plans, BooleanSupplier goesOn)
            throws InterruptedException {
        boolean twice = start.plan().extras().refundUse() == RefundUse.REST_TWICE_AT_ONCE;
        return start.refund().isPresent() && twice
                ? startTwoRefunds(start, start.refund().get(), plans, goesOn)
                : register.starts(start, goesOn);
    }

    /** Requests the same refund twice at the same time, without a key in common: at most one may be accepted. */
    private Optional<HistoryEntry.Answered> startTwoRefunds(
            Start start, LinkedRefund refund, Plans plans, BooleanSupplier goesOn) throws InterruptedException {
        Plan plan = plans.nextWithoutIncident();
        CompletableFuture<Optional<HistoryEntry.Answered>> other = register.startsAtTheSameTime(Start.of(plan, refund));
        Optional<HistoryEntry.Answered> answer = register.starts(start, goesOn);
        StartClient.answerOf(other).filter(is -> is.status() == OK).ifPresent(is -> {
            OpenTransaction transaction = OpenTransaction.of(plan, is, cloud);
            sales.addRefund(refund, transaction);
            open.add(transaction);
        });
        return answer;
    }

    /** A linked refund of more than is left is rejected with the same status. */
    private static boolean isNotPaired(HistoryEntry.Answered answer) {
        return answer.status() == REJECTED
                && answer.body().path("error").asText().contains("not paired");
    }

    /** A start without a response may have started a transaction: the register finds it by its reference. */
    private void findStarted(Plan plan, Optional<HistoryEntry.Answered> answer) throws InterruptedException {
        if (answer.isEmpty()) {
            register.looksUp(plan).stream()
                    .flatMap(List::stream)
                    .forEach(found -> open.add(OpenTransaction.found(plan, found, cloud)));
        }
    }

    /** Returns whether it has ended in time; otherwise it stays open. */
    private boolean followUp(OpenTransaction transaction, Plans plans, BooleanSupplier goesOn)
            throws InterruptedException {
        TransactionWatch watch = watch(transaction);
        boolean ended = awaitsEnd(transaction, watch, plans, goesOn);
        if (!ended) {
            open.add(transaction);
        }
        watch.close();
        return ended;
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
        register.starts(Start.of(another), () -> false)
                .filter(answer -> answer.status() == OK)
                .ifPresent(answer -> open.add(OpenTransaction.of(another, answer, cloud)));
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
