package dev.terminalcloud.certification.operator;

import java.time.Duration;
import java.util.Optional;

/** Tasks for the operator, who sees the time left while the suite waits. */
public final class OperatorTasks {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final CertificationOperator operator;
    private final Duration timeout;

    /** Gives the operator this time for each task. */
    public OperatorTasks(CertificationOperator operator, Duration timeout) {
        this.operator = operator;
        this.timeout = timeout;
    }

    /** A search for what shows that a task is done. */
    @FunctionalInterface
    public interface Search<T> {
        /** Waits until it is found; empty if it is not found in time. */
        Optional<T> await(Duration atMost) throws InterruptedException;
    }

    /**
     * Waits until a task is done; empty if it is not done in time.
     *
     * @throws CheckNotRunException if the operator skips the task
     */
    public <T> Optional<T> await(Search<T> done) throws CheckNotRunException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<T> found = done.await(POLL_INTERVAL);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (found.isPresent() || left.isNegative()) {
                return found;
            }
            operator.awaiting(left);
        }
    }

    /**
     * Assigns a task, and waits until it is done.
     *
     * @throws CheckNotRunException if it is not done in time, or the operator skips it
     */
    public <T> T ask(Task task, Search<T> done) throws CheckNotRunException, InterruptedException {
        operator.perform(task);
        return await(done)
                .orElseThrow(() -> new CheckNotRunException(
                        "not done within %d s: %s".formatted(timeout.toSeconds(), task.words())));
    }
}
