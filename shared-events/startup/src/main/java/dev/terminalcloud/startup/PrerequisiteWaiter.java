package dev.terminalcloud.startup;

import dev.terminalcloud.startup.CheckResult.Incomplete;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Waits for the prerequisites of a service: checks once a second, and logs at growing intervals what it waits for. One thread
 * waits; any thread may query or stop it.
 */
public final class PrerequisiteWaiter {
    private static final Logger LOG = Logger.getLogger(PrerequisiteWaiter.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** Time for an installer that creates topics while services are already starting. */
    private static final Duration INCOMPLETE_TIMEOUT = Duration.ofMinutes(1);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration checkInterval;
    private final Duration incompleteTimeout;
    private volatile String waitingFor;

    public PrerequisiteWaiter() {
        this(CHECK_INTERVAL, INCOMPLETE_TIMEOUT);
    }

    PrerequisiteWaiter(Duration checkInterval, Duration incompleteTimeout) {
        this.checkInterval = checkInterval;
        this.incompleteTimeout = incompleteTimeout;
    }

    /**
     * Returns when the prerequisite is met.
     *
     * @throws StartupFailedException if waiting would not help, or a part of it was missing for a minute
     * @throws InterruptedException if the waiter was stopped
     */
    public void await(Prerequisite wanted) throws InterruptedException {
        long beganNanos = System.nanoTime();
        Reminder reminder = new Reminder();
        boolean reminded = false;
        for (Optional<String> reason = reason(wanted, since(beganNanos));
                reason.isPresent();
                reason = reason(wanted, since(beganNanos))) {
            waitingFor = "%s: %s".formatted(wanted.description(), reason.get());
            if (reminder.isDue(since(beganNanos))) {
                reminded = true;
                LOG.warnf(
                        "Waiting for a prerequisite. %s: waitedSeconds=%d reason=%s",
                        wanted.advice(), since(beganNanos).toSeconds(), waitingFor);
            }
            pause();
        }
        waitingFor = null;
        if (reminded) {
            LOG.infof(
                    "Prerequisite available: waitedSeconds=%d prerequisite=%s",
                    since(beganNanos).toSeconds(), wanted.description());
        }
    }

    /** Returns the prerequisite that the service waits for now, and the reason. */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    /** Ends the current wait, and every later one, with an {@link InterruptedException}. */
    public void stop() {
        stopped.countDown();
    }

    private Optional<String> reason(Prerequisite wanted, Duration waited) throws InterruptedException {
        CheckResult finding = wanted.check();
        if (finding instanceof Misconfigured wrong) {
            throw startupFailure(wanted, wrong.reason());
        }
        if (finding instanceof Incomplete incomplete) {
            if (waited.compareTo(incompleteTimeout) > 0) {
                throw startupFailure(wanted, incomplete.reason());
            }
            return Optional.of(incomplete.reason());
        }
        return finding instanceof Unavailable unavailable ? Optional.of(unavailable.reason()) : Optional.empty();
    }

    private static StartupFailedException startupFailure(Prerequisite wanted, String reason) {
        return new StartupFailedException("%s: %s. %s".formatted(wanted.description(), reason, wanted.advice()));
    }

    private void pause() throws InterruptedException {
        if (stopped.await(checkInterval.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("stopped");
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
