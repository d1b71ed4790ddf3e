package dev.terminalcloud.local.rollout;

import dev.terminalcloud.local.rollout.Container.RunningProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A pod with one container, with the life that Kubernetes gives it: the process is restarted when it exits or is no longer live, receives
 * connections while it is ready, and is terminated once. Thread-safe.
 */
final class Pod {
    /** Kubernetes never gives up. Here a person or a test waits for the stack, and nothing repairs the process meanwhile. */
    private static final int MAX_FAILED_STARTS = 5;

    private final Container container;
    private final PodTemplate template;
    private final Prober prober;
    private final Endpoints endpoints;
    private final Consumer<String> log;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private Optional<RunningProcess> running = Optional.empty();
    private OptionalLong readySince = OptionalLong.empty();
    private boolean terminating;
    private Optional<FailedStartsException> failure = Optional.empty();

    /** @param log receives what an operator would see as an event of the pod */
    Pod(Container container, PodTemplate template, Prober prober, Endpoints endpoints, Consumer<String> log) {
        this.container = container;
        this.template = template;
        this.prober = prober;
        this.endpoints = endpoints;
        this.log = log;
    }

    Container container() {
        return container;
    }

    /** Starts the process and returns at once. */
    void start() {
        onItsOwnThread(this::run);
    }

    /**
     * Returns when the pod has been ready for the template's {@code minReadySeconds}.
     *
     * @throws FailedStartsException if its process never becomes live, in several attempts
     */
    synchronized void awaitAvailable() throws InterruptedException {
        Duration left = untilAvailable();
        while (left.toNanos() > 0) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left.toNanos());
            left = untilAvailable();
        }
    }

    private Duration untilAvailable() {
        return readySince.isEmpty()
                ? Duration.ofDays(1)
                : template.minReady().minusNanos(System.nanoTime() - readySince.getAsLong());
    }

    /**
     * Begins the termination and returns at once: at the same time no new connections are to come, and the process receives SIGTERM.
     *
     * @return completes when the process has exited
     */
    CompletableFuture<Void> terminate() {
        synchronized (this) {
            terminating = true;
        }
        log.accept(container.name() + " terminating");
        setReady(false);
        onItsOwnThread(this::endProcess);
        return gone;
    }

    private void run() {
        Optional<RunningProcess> process = startProcess();
        int failedStarts = 0;
        while (process.isPresent()) {
            boolean wasLive = supervise(process.get());
            failedStarts = wasLive ? 0 : failedStarts + 1;
            setReady(false);
            process = failedStarts < MAX_FAILED_STARTS ? startProcess() : giveUp();
        }
        gone.complete(null);
    }

    private synchronized Optional<RunningProcess> giveUp() {
        FailedStartsException failed = new FailedStartsException(container.name(), MAX_FAILED_STARTS);
        log.accept(failed.getMessage());
        failure = Optional.of(failed);
        notifyAll();
        return Optional.empty();
    }

    private synchronized Optional<RunningProcess> startProcess() {
        if (terminating) {
            return Optional.empty();
        }
        log.accept(container.name() + (running.isEmpty() ? " starting" : " exited, restarting"));
        running = container.start();
        return running;
    }

    /** Probes the process until it exits. Returns whether it has been live. */
    private boolean supervise(RunningProcess process) {
        ProbeState startup = new ProbeState(template.startup(), System.nanoTime());
        while (!startup.hasSucceeded()) {
            if (process.exitsWithin(startup.untilDue(System.nanoTime()))) {
                return false;
            }
            check(startup);
            killIfFailed(startup, process);
        }
        ProbeState readiness = new ProbeState(template.readiness(), System.nanoTime());
        ProbeState liveness = new ProbeState(template.liveness(), System.nanoTime());
        while (!process.exitsWithin(earlier(readiness, liveness))) {
            check(readiness);
            if (readiness.hasSucceeded() || readiness.hasFailed()) {
                setReady(readiness.hasSucceeded());
            }
            check(liveness);
            killIfFailed(liveness, process);
        }
        return true;
    }

    private static Duration earlier(ProbeState one, ProbeState other) {
        long now = System.nanoTime();
        return one.untilDue(now).compareTo(other.untilDue(now)) < 0 ? one.untilDue(now) : other.untilDue(now);
    }

    private void check(ProbeState state) {
        long now = System.nanoTime();
        if (state.untilDue(now).toNanos() <= 0) {
            state.record(
                    prober.succeeds(
                            container.management(state.probe().path()),
                            state.probe().timeout()),
                    now);
        }
    }

    /** A terminating pod is no longer probed for liveness. */
    private synchronized void killIfFailed(ProbeState state, RunningProcess process) {
        if (state.hasFailed() && !terminating) {
            log.accept("%s killed: its probe %s failed %d times"
                    .formatted(
                            container.name(),
                            state.probe().path(),
                            state.probe().failureThreshold()));
            process.kill();
        }
    }

    private synchronized void setReady(boolean ready) {
        if (ready == readySince.isPresent() || (ready && terminating)) {
            return;
        }
        readySince = ready ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
        log.accept(container.name() + (ready ? " ready" : " no longer ready"));
        if (ready) {
            endpoints.add(container.address());
        } else {
            endpoints.remove(container.address());
        }
        notifyAll();
    }

    private void endProcess() {
        Optional<RunningProcess> process = current();
        if (process.isEmpty()) {
            return;
        }
        long beganNanos = System.nanoTime();
        if (process.get().exitsWithin(template.preStop())) {
            return;
        }
        process.get().terminate();
        if (process.get().exitsWithin(template.gracePeriod().minus(template.preStop()))) {
            log.accept("%s exited after %d s"
                    .formatted(
                            container.name(),
                            Duration.ofNanos(System.nanoTime() - beganNanos).toSeconds()));
        } else {
            log.accept("%s killed: still running after its grace period of %d s"
                    .formatted(container.name(), template.gracePeriod().toSeconds()));
            process.get().kill();
        }
    }

    private synchronized Optional<RunningProcess> current() {
        return running;
    }

    private void onItsOwnThread(Runnable work) {
        Thread thread = new Thread(work, "pod-" + container.name());
        thread.setDaemon(true);
        thread.start();
    }
}
