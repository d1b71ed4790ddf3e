package dev.terminalcloud.local.rollout;

import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The addresses of a Kubernetes Service: those of its pods that are ready and not terminating, as its clients know them. They follow a
 * change only after a while, so that a terminating pod still receives new connections. Thread-safe.
 */
final class Endpoints implements Supplier<List<SocketAddress>>, AutoCloseable {
    private final CopyOnWriteArrayList<SocketAddress> ready = new CopyOnWriteArrayList<>();

    /** Changes after the end are not followed. */
    private final ScheduledExecutorService clients =
            new ScheduledThreadPoolExecutor(1, Endpoints::newThread, new ThreadPoolExecutor.DiscardPolicy());

    private final Duration propagation;

    /** @param propagation the time until clients follow a change */
    Endpoints(Duration propagation) {
        this.propagation = propagation;
    }

    /** Returns the addresses that new connections go to now. */
    @Override
    public List<SocketAddress> get() {
        return List.copyOf(ready);
    }

    void add(SocketAddress address) {
        later(() -> ready.addIfAbsent(address));
    }

    void remove(SocketAddress address) {
        later(() -> ready.remove(address));
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "endpoints");
        thread.setDaemon(true);
        return thread;
    }

    private void later(Runnable change) {
        ScheduledFuture<?> unused = clients.schedule(change, propagation.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
