package dev.terminalcloud.servicestart;

import dev.terminalcloud.startup.EventLoopProbe;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness check: live while no event loop of the service is blocked. A loop counts as blocked when a task that one check gave it
 * still waits there at a check that is more than 20 s later, so that a pause of the whole machine costs no restart.
 */
@Liveness
@ApplicationScoped
class EventLoopLiveness implements HealthCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<EventLoopProbe> loops;

    EventLoopLiveness(Vertx vertx) {
        this.loops = StreamSupport.stream(
                        ((VertxInternal) vertx).getEventLoopGroup().spliterator(), false)
                .map(EventLoopProbe::new)
                .toList();
    }

    @Override
    public HealthCheckResponse call() {
        long now = System.nanoTime();
        long blocked =
                loops.stream().filter(loop -> loop.isBlocked(TIMEOUT, now)).count();
        return HealthCheckResponse.named("event loops")
                .status(blocked == 0)
                .withData("blocked", blocked)
                .build();
    }
}
