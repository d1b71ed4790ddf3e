package dev.terminalcloud.administration;

import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.IpLiteral;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Limits, counts and logs the log-ins to the administration API that fail, whatever they present: a password or a token; counts and logs
 * those that succeed, and requests that a role forbids. The address is the peer of the connection.
 */
@Startup
@ApplicationScoped
class LoginGuard {
    private static final Logger LOG = Logger.getLogger(LoginGuard.class);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final FailedLoginLimiter limiter;
    private final LoginLog log = new LoginLog();
    private final Clock clock = Clock.systemUTC();
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    LoginGuard(AdministrationConfiguration configuration, MeterRegistry meters) {
        int max = configuration.failedLogins().maxPerAddress();
        Duration window = configuration.failedLogins().window();
        if (max < 1) {
            throw new IllegalArgumentException(
                    "administration.failed-logins.max-per-address must be at least 1, was " + max);
        }
        if (window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "administration.failed-logins.window must be at least 1 second, was " + window);
        }
        this.limiter = new FailedLoginLimiter(max, window);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("administration.logins")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    private enum Outcome {
        SUCCEEDED,
        FAILED,
        RATE_LIMITED
    }

    /** Passes the request on, or answers 429. A request without credentials is not a log-in. */
    void check(RoutingContext routing) {
        if (!routing.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            routing.next();
            return;
        }
        ClientAddress address = addressOf(routing);
        Optional<Duration> delay = limiter.begin(address, clock.instant());
        if (delay.isPresent()) {
            counters.get(Outcome.RATE_LIMITED).increment();
            routing.response()
                    .putHeader(
                            HttpHeaders.RETRY_AFTER, Long.toString(delay.get().toSeconds() + 1));
            AdministrationFilter.respond(routing, 429, "Too many failed log-ins. Try again later");
            return;
        }
        routing.addEndHandler(ended -> end(routing, address, clock.instant()));
        routing.next();
    }

    private void end(RoutingContext routing, ClientAddress address, Instant now) {
        if (routing.response().getStatusCode() == UNAUTHORIZED) {
            int count = limiter.fail(address, now);
            counters.get(Outcome.FAILED).increment();
            LOG.warnf("Failed to log in to the administration API: address=%s count=%d", address.text(), count);
        } else {
            limiter.succeed(address, now);
            counters.get(Outcome.SUCCEEDED).increment();
            logSuccess(routing, address, now);
        }
    }

    /** A request that no resource answers, with 404, is not authenticated. */
    private void logSuccess(RoutingContext routing, ClientAddress address, Instant now) {
        if (!(routing.user() instanceof QuarkusHttpUser user)
                || user.getSecurityIdentity().isAnonymous()) {
            return;
        }
        String principal = user.getSecurityIdentity().getPrincipal().getName();
        log.recordSuccess(principal, address, now);
        if (routing.response().getStatusCode() == FORBIDDEN) {
            log.recordForbidden(principal, address, routing.request().method().name(), now);
        }
    }

    private static ClientAddress addressOf(RoutingContext routing) {
        String peer = routing.request().connection().remoteAddress().hostAddress();
        return Optional.ofNullable(peer)
                .flatMap(IpLiteral::parse)
                .map(ClientAddress::of)
                .orElse(ClientAddress.UNKNOWN);
    }
}
