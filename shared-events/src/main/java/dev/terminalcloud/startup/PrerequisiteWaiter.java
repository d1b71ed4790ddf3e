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
 * Waits for what a service needs before it can begin, looks once a second, and says at growing pauses what it waits for.
 * One thread waits; any may ask or stop it.
 */
public final class PrerequisiteWaiter {
    private static final Logger LOG = Logger.getLogger(PrerequisiteWaiter.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** For whoever makes topics at the same time as services are started. */
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
     * Returns when it is there.
     *
     * @throws StartupFailedException if waiting would change nothing, or a part of it did not come for a minute
     * @throws InterruptedException if it was stopped
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
                        "waiting for %s. %s waitedSeconds=%d",
                        waitingFor, wanted.advice(), since(beganNanos).toSeconds());
            }
            pause();
        }
        waitingFor = null;
        if (reminded) {
            LOG.infof(
                    "%s is there waitedSeconds=%d",
                    wanted.description(), since(beganNanos).toSeconds());
        }
    }

    /** What is waited for now, and why. */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    /** Whoever waits, and whoever will, is told so by an exception. */
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
