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

/**
 * Which replicas of a service ask not to be given requests any more, or not yet, as Kubernetes would see it: one that was told to end says
 * so at once, and takes what comes for a while, until nobody sends it anything. For any thread.
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

    /** Looks at them from now on; not at one alone, which has no other that could take its turn. */
    static ReplicaReadiness watch(Vertx vertx, List<SocketAddress> replicas) {
        ReplicaReadiness readiness =
                new ReplicaReadiness(vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false)));
        if (replicas.size() > 1) {
            vertx.setPeriodic(0, INTERVAL.toMillis(), timer -> replicas.forEach(readiness::probe));
        }
        return readiness;
    }

    boolean isUnready(SocketAddress replica) {
        return unready.contains(replica);
    }

    /** Of one that does not answer nothing is known: whether it can be connected to, the next request finds out. */
    private void probe(SocketAddress replica) {
        client.request(new RequestOptions().setServer(replica).setURI(PATH).setTimeout(TIMEOUT.toMillis()))
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
