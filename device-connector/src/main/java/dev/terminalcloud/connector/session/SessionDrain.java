package dev.terminalcloud.connector.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ends the sessions of a connector, all when it shuts down or some that others have room for, one after the other, each when it is idle:
 * their devices reconnect to other connectors, spread over time.
 */
@Singleton
public class SessionDrain {
    private static final long STEP_MILLIS = 20;
    private static final int MIN_PER_SECOND = 50;

    /** So many occupied sessions are passed over for one that ends: they are asked one inside the other, so the stack limits them. */
    private static final int MAX_CANDIDATES = 100;

    private final Vertx vertx;
    private final Sessions sessions;

    SessionDrain(Vertx vertx, Sessions sessions) {
        this.vertx = vertx;
        this.sessions = sessions;
    }

    /**
     * Starts the drain and returns at once; may be called from any thread. Completes when every session that is open now has
     * ended: after that time, and the time that a device may take to acknowledge a command.
     */
    public Future<Void> begin(Duration time, CloseReason reason) {
        Queue<DeviceSession> open = new ArrayDeque<>(sessions.open());
        return paced(new DrainPace(open.size(), time, MIN_PER_SECOND), () -> open.remove()
                .endWhenIdle(reason));
    }

    /**
     * Starts to end so many sessions, evenly over that time, and returns at once: those that have been open the longest, at least for
     * {@code minAge}, and are {@linkplain DeviceSession#endIfUnoccupied unoccupied}; fewer if there are no more of these, or too many
     * occupied ones before them.
     * Completes with their number when they have ended; one that fails to end does not count, and another one is asked.
     */
    public Future<Integer> beginOldest(int count, Duration time, Duration minAge, CloseReason reason) {
        // Taken from on the event loops of the sessions.
        Queue<DeviceSession> candidates = new ConcurrentLinkedQueue<>(sessions.openFor(minAge));
        AtomicInteger ended = new AtomicInteger();
        return paced(new DrainPace(count, time, 0), () -> endNext(candidates, MAX_CANDIDATES, ended, reason))
                .map(done -> ended.get());
    }

    private static Future<Void> endNext(
            Queue<DeviceSession> candidates, int left, AtomicInteger count, CloseReason reason) {
        DeviceSession next = left == 0 ? null : candidates.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return next.endIfUnoccupied(reason).otherwise(false).compose(ended -> {
            if (!ended) {
                return endNext(candidates, left - 1, count, reason);
            }
            count.incrementAndGet();
            return Future.succeededFuture();
        });
    }

    private Future<Void> paced(DrainPace pace, Supplier<Future<Void>> endOne) {
        List<Future<Void>> ending = new ArrayList<>(pace.sessions());
        Promise<Void> done = Promise.promise();
        long beganNanos = System.nanoTime();
        // On an event loop, so that the timer can't fire, and cancel itself, before it is set.
        vertx.runOnContext(begun -> vertx.setPeriodic(1, STEP_MILLIS, timer -> {
            int due = pace.dueAfter(Duration.ofNanos(System.nanoTime() - beganNanos));
            while (ending.size() < due) {
                ending.add(endOne.get());
            }
            if (due == pace.sessions()) {
                vertx.cancelTimer(timer);
                Future.all(ending).<Void>mapEmpty().onComplete(done);
            }
        }));
        return done.future();
    }
}
