package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.Prerequisite;
import dev.terminalcloud.startup.PrerequisiteWaiter;
import dev.terminalcloud.startup.StartupFailedException;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Startup of a service with a database: the schema, the role of the service, then Kafka with its topics, a warm-up, then everything else. Until then the service
 * applies no events, runs no scheduled jobs and accepts no requests.
 *
 * <p>If all prerequisites are met the service warms up, and opens its port when it has started. Otherwise it opens the port and waits, so
 * that its health checks can report that it is live but not ready, and why. If waiting would not help, the process exits.
 */
@ApplicationScoped
public class ServiceStart {
    private static final Logger LOG = Logger.getLogger(ServiceStart.class);
    private static final int START_PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 1;
    private static final Duration CLOSED_PORT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(20);
    private static final int EXIT_CODE_START_FAILED = 1;

    private final Prerequisites prerequisites;
    private final Scheduler scheduler;
    private final List<WarmUp> warmUps;
    private final Event<ServiceStarted> started;
    private final PrerequisiteWaiter waiter = new PrerequisiteWaiter();
    private final CompletableFuture<Void> completed = new CompletableFuture<>();

    /** True if it warms up before it opens its port and joins the consumer groups; false if it has not been able to until then. */
    private final CompletableFuture<Boolean> warmsUp = new CompletableFuture<>();

    private volatile boolean stopping;

    ServiceStart(
            Prerequisites prerequisites,
            Scheduler scheduler,
            @All List<WarmUp> warmUps,
            Event<ServiceStarted> started) {
        this.prerequisites = prerequisites;
        this.scheduler = scheduler;
        this.warmUps = warmUps;
        this.started = started;
    }

    /** Completes when the service has started, at once if it has already, on any thread. */
    public Uni<Void> completed() {
        return Uni.createFrom().completionStage(completed::copy);
    }

    public boolean isComplete() {
        return completed.isDone();
    }

    /** Returns the prerequisite that the service waits for now, and the reason. */
    public Optional<String> waitingFor() {
        return waiter.waitingFor();
    }

    void begin(@Observes @Priority(START_PRIORITY) StartupEvent event) throws InterruptedException {
        Thread starting = new Thread(this::start, "service-start");
        starting.setDaemon(true);
        starting.setUncaughtExceptionHandler((dead, failure) -> {
            LOG.error("Startup failed, exiting", failure);
            Quarkus.asyncExit(EXIT_CODE_START_FAILED);
        });
        starting.start();
        starting.join(CLOSED_PORT_TIMEOUT.toMillis());
        if (!warmsUp.complete(false)) {
            starting.join(WARM_UP_TIMEOUT.toMillis());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        waiter.stop();
    }

    private void start() {
        try {
            for (Prerequisite prerequisite : prerequisites.inOrder()) {
                waiter.await(prerequisite);
            }
            if (warmsUp.complete(true)) {
                warmUp();
            }
            if (stopping) {
                return;
            }
            started.fire(new ServiceStarted());
            scheduler.resume();
            completed.complete(null);
        } catch (StartupFailedException e) {
            LOG.errorf("Startup failed, exiting: reason=%s", e.getMessage());
            Quarkus.asyncExit(EXIT_CODE_START_FAILED);
        } catch (InterruptedException e) {
            LOG.debug("Shutdown requested before startup completed");
        }
    }

    /** A replica that gets partitions while it still loads classes holds up their events, for seconds on a busy machine. */
    private void warmUp() {
        long end = System.nanoTime() + WARM_UP_TIMEOUT.toNanos();
        for (WarmUp warmUp : warmUps) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.toMillis() > 0) {
                run(warmUp, left);
            }
        }
    }

    private static void run(WarmUp warmUp, Duration timeout) {
        try {
            warmUp.run().await().atMost(timeout);
        } catch (RuntimeException e) {
            LOG.infof("Warm-up failed, the first events take longer: reason=%s", e);
        }
    }
}
