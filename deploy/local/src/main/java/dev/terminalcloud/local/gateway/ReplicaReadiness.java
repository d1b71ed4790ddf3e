package dev.terminalcloud.local.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The replicas of a service that are not ready, as Kubernetes would see it: not yet, or no longer. A replica that is shutting down
 * reports it at once, but still accepts requests for a while, until it gets none. Thread-safe.
 */
final class ReplicaReadiness {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String PATH = "/q/health/ready";
    private static final int NOT_READY = 503;

    private final HttpClient client;
    private final Set<SocketAddress> unready = ConcurrentHashMap.newKeySet();

    private ReplicaReadiness(HttpClient client) {
        this.client = client;
    }

    /** Starts to probe the replicas; does not probe a single one, as it has no alternative. */
    static ReplicaReadiness watch(Vertx vertx, Upstream.Replicas upstream) {
        List<SocketAddress> replicas = upstream.origins();
        List<SocketAddress> management = upstream.management();
        ReplicaReadiness readiness =
                new ReplicaReadiness(vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false)));
        if (management.size() > 1) {
            vertx.setPeriodic(0, INTERVAL.toMillis(), timer -> IntStream.range(0, replicas.size())
                    .forEach(i -> readiness.probe(replicas.get(i), management.get(i))));
        }
        return readiness;
    }

    boolean isUnready(SocketAddress replica) {
        return unready.contains(replica);
    }

    /** Probes a replica. One that does not answer counts as ready: the next request finds out whether it can be connected to. */
    private void probe(SocketAddress replica, SocketAddress management) {
        client.request(new RequestOptions().setServer(management).setURI(PATH).setTimeout(TIMEOUT.toMillis()))
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .onSuccess(status -> record(replica, status));
    }

    private void record(SocketAddress replica, int status) {
        if (status == NOT_READY) {
            unready.add(replica);
        } else {
            unready.remove(replica);
        }
    }
}
