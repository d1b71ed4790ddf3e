package dev.terminalcloud.connector.rebalance;

import java.time.Duration;

/**
 * Judges whether the devices that are asked to reconnect go elsewhere. When twice the first excess has been asked, it waits until they have
 * reconnected; then the surplus over the share must have shrunk by at least a quarter of what it does with a load balancer that chooses at
 * random, if all connectors but one ask theirs too. If it has not, the load balancer sends them back, and asking more disturbs them for
 * nothing: it pauses, twice as long each time, up to an hour. What all connectors get or lose alike changes no surplus, so it does not count.
 * It forgets all that when nothing has been in excess for a while. Not thread-safe.
 */
final class RebalancingProgress {
    static final Duration MIN_PAUSE = Duration.ofMinutes(2);
    static final Duration MAX_PAUSE = Duration.ofHours(1);

    /** In this time a device has reconnected. */
    static final Duration RECONNECT_TIME = Duration.ofMinutes(1);

    private final Duration evenTime;
    private Duration pause = Duration.ZERO;
    private boolean paused;
    private long pausedNanos;
    private boolean waiting;
    private long waitingNanos;
    private long unevenNanos;
    private int firstSurplus;
    private long asked;
    private long askedToJudge;

    /**
     * @param evenTime the time without excess after which the devices have gone; at least as long as a pause, since those that are on their way
     *     back count nowhere
     */
    RebalancingProgress(Duration evenTime) {
        this.evenTime = evenTime.compareTo(MIN_PAUSE) > 0 ? evenTime : MIN_PAUSE;
    }

    /** Records that so many devices have been asked to reconnect. */
    void recordAsked(int devices) {
        asked += devices;
    }

    /**
     * Returns whether the excess may be asked to reconnect now.
     *
     * @param excess devices above the share and the tolerance
     * @param surplus devices above the share
     * @param connectors number of all connectors
     */
    boolean mayAsk(int excess, int surplus, int connectors, long nowNanos) {
        if (excess == 0) {
            if (nowNanos - unevenNanos >= evenTime.toNanos()) {
                reset();
            }
            return false;
        }
        unevenNanos = nowNanos;
        if (paused && nowNanos - pausedNanos < pause.toNanos()) {
            return false;
        }
        if (paused || askedToJudge == 0) {
            begin(surplus, Math.max(2L * excess, minToJudge(connectors)));
        }
        return asked < askedToJudge || haveGone(surplus, connectors, nowNanos);
    }

    /** Of fewer, chance decides how many go. */
    private static long minToJudge(int connectors) {
        return 16L * connectors * connectors;
    }

    /** Returns the length of the last pause; zero if it has made none, or has forgotten it. */
    Duration lastPause() {
        return pause;
    }

    /** Forgets what has been asked, and the pauses. */
    void reset() {
        begin(0, 0);
        pause = Duration.ZERO;
    }

    private void begin(int surplus, long toJudge) {
        paused = false;
        waiting = false;
        firstSurplus = surplus;
        asked = 0;
        askedToJudge = toJudge;
    }

    /** Returns whether enough are gone; false as well as long as it waits for their return. */
    private boolean haveGone(int surplus, int connectors, long nowNanos) {
        if (!waiting) {
            waiting = true;
            waitingNanos = nowNanos;
        }
        if (nowNanos - waitingNanos < RECONNECT_TIME.toNanos()) {
            return false;
        }
        waiting = false;
        if (4L * connectors * (firstSurplus - surplus) >= asked) {
            askedToJudge = 2 * asked;
            pause = Duration.ZERO;
            return true;
        }
        Duration doubled = pause.isZero() ? MIN_PAUSE : pause.multipliedBy(2);
        pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
        paused = true;
        pausedNanos = nowNanos;
        return false;
    }
}
