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

/**
 * Ends the sessions of a connector that shuts down, one after the other, each when it is idle: their devices reconnect to
 * other connectors, spread over time.
 */
@Singleton
public class SessionDrain {
    private static final long STEP_MILLIS = 20;

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
        DrainPace pace = new DrainPace(open.size(), time);
        List<Future<Void>> ending = new ArrayList<>(open.size());
        Promise<Void> done = Promise.promise();
        long beganNanos = System.nanoTime();
        // On an event loop, so that the timer can't fire, and cancel itself, before it is set.
        vertx.runOnContext(begun -> vertx.setPeriodic(1, STEP_MILLIS, timer -> {
            int due = pace.dueAfter(Duration.ofNanos(System.nanoTime() - beganNanos));
            while (ending.size() < due) {
                ending.add(open.remove().endWhenIdle(reason));
            }
            if (open.isEmpty()) {
                vertx.cancelTimer(timer);
                Future.all(ending).<Void>mapEmpty().onComplete(done);
            }
        }));
        return done.future();
    }
}
