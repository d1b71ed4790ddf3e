package dev.terminalcloud.local.rollout;

import io.vertx.core.net.SocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The services as pods, each with the signals, delays and probes of its manifest. Thread-safe. */
public final class Rollouts implements AutoCloseable {
    /** Not in the manifests: on a cluster half a second was measured. */
    private static final Duration PROPAGATION = Duration.ofSeconds(1);

    private final Path manifests;
    private final Prober prober;
    private final Consumer<String> log;
    private final Map<String, Controller> controllers = new HashMap<>();
    private final Map<String, Endpoints> endpoints = new HashMap<>();

    /**
     * Creates it without services.
     *
     * @param manifests the folder of a manifest for each service, with its name
     * @param log receives a line for each event of a pod
     */
    public Rollouts(Path manifests, HttpClient client, Consumer<String> log) {
        this.manifests = manifests;
        this.prober = new Prober(client);
        this.log = log;
    }

    /**
     * Adds a service without starting it.
     *
     * @param containers the places for its processes; twice as many as pods if its new pods start before the old ones terminate
     */
    public void add(String service, List<Container> containers) {
        PodTemplate template = PodTemplate.read(manifests.resolve(service + ".yaml"));
        Endpoints ready = new Endpoints(PROPAGATION);
        endpoints.put(service, ready);
        controllers.put(
                service,
                new Controller(
                        template.strategy(),
                        containers,
                        container -> new Pod(container, template, prober, ready, log)));
    }

    /** Returns the addresses that new connections to the service go to. */
    public Supplier<List<SocketAddress>> endpoints(String service) {
        return endpoints.get(service);
    }

    /** Starts the pods of a service and returns at once. */
    public void start(String service, int replicas) {
        controllers.get(service).start(replicas);
    }

    /**
     * Returns when the pods of all services are available.
     *
     * @throws FailedStartsException if the process of one never becomes live
     */
    public void awaitAvailable() throws InterruptedException {
        for (Controller controller : controllers.values()) {
            controller.awaitAvailable();
        }
    }

    /**
     * Replaces the pods of a service, and returns when all are new and the old ones have exited.
     *
     * @return empty if the service is unknown; false if a rollout of it is under way
     */
    public Optional<Boolean> rollOut(String service) throws InterruptedException {
        Controller controller = controllers.get(service);
        return controller == null ? Optional.empty() : Optional.of(controller.rollOut());
    }

    /** Follows no more changes; the processes are for their owner to stop. */
    @Override
    public void close() {
        endpoints.values().forEach(Endpoints::close);
    }
}
