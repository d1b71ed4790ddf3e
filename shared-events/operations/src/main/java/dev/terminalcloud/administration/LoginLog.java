package dev.terminalcloud.administration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.terminalcloud.network.ClientAddress;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Log of the log-ins of operators that succeed, and of requests that the operator's role forbids: each at most once in ten minutes for one
 * operator at one address, so that a script that polls does not flood the log. Memory is bounded: of more than {@value #MAX_ENTRIES} the
 * oldest is forgotten. Thread-safe.
 */
final class LoginLog {
    static final int MAX_ENTRIES = 10_000;
    static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Logger LOG = Logger.getLogger(LoginLog.class);

    private final Map<Entry, Instant> logged = new LinkedHashMap<>();

    private record Entry(String principal, ClientAddress address, boolean forbidden) {}

    /** Logs that the operator logged in; returns whether that was due. */
    @CanIgnoreReturnValue
    boolean recordSuccess(String principal, ClientAddress address, Instant now) {
        boolean due = isDue(new Entry(principal, address, false), now);
        if (due) {
            LOG.infof(
                    "Operator logged in to the administration API: address=%s principal=%s",
                    address.text(), encoded(principal));
        }
        return due;
    }

    /**
     * Logs that the operator's role forbids a request; returns whether that was due.
     *
     * @param method the HTTP method of the request
     */
    @CanIgnoreReturnValue
    boolean recordForbidden(String principal, ClientAddress address, String method, Instant now) {
        boolean due = isDue(new Entry(principal, address, true), now);
        if (due) {
            LOG.warnf(
                    "Operator's role forbids a request to the administration API: address=%s detail=%s principal=%s",
                    address.text(), method, encoded(principal));
        }
        return due;
    }

    private synchronized boolean isDue(Entry entry, Instant now) {
        Instant last = logged.get(entry);
        if (last != null && now.isBefore(last.plus(INTERVAL))) {
            return false;
        }
        logged.remove(entry);
        logged.put(entry, now);
        if (logged.size() > MAX_ENTRIES) {
            logged.remove(logged.keySet().iterator().next());
        }
        return true;
    }

    /** Encodes what an identity provider chose, as in a URL: it can't imitate another line or field of the log. */
    private static String encoded(String principal) {
        return URLEncoder.encode(principal, UTF_8);
    }
}
