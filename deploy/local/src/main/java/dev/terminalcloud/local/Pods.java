package dev.terminalcloud.local;

import dev.terminalcloud.local.gateway.Upstream;
import dev.terminalcloud.local.rollout.ConnectionBalancer;
import dev.terminalcloud.local.rollout.Container;
import dev.terminalcloud.local.rollout.FailedStartsException;
import dev.terminalcloud.local.rollout.RolloutServer;
import dev.terminalcloud.local.rollout.Rollouts;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The services as pods of Kubernetes' life (rollouts.md), instead of processes that run from startup to shutdown. */
final class Pods implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Options options;
    private final Rollouts rollouts;
    private final RolloutServer server;

    private Pods(Options options, Rollouts rollouts, RolloutServer server) {
        this.options = options;
        this.rollouts = rollouts;
        this.server = server;
    }

    /** Prepares the pods without starting them. */
    static Pods of(
            Installation installation,
            Options options,
            Services services,
            RunningServices processes,
            HttpClient client,
            Progress progress) {
        Rollouts rollouts = new Rollouts(installation.manifests(), client, progress::step);
        for (ServiceName name : ServiceName.values()) {
            rollouts.add(
                    name.toString(),
                    services.of(List.of(name)).stream()
                            .<Container>map(service -> new Place(service, processes, addressOf(name, options)))
                            .toList());
        }
        return new Pods(options, rollouts, RolloutServer.open(options.rolloutPort(), rollouts));
    }

    private static Function<Service, SocketAddress> addressOf(ServiceName name, Options options) {
        return name == ServiceName.CONNECTOR
                ? connector -> SocketAddress.inetSocketAddress(
                        Integer.parseInt(connector.environment().get("CONNECTOR_MQTT_PORT")),
                        options.addresses().ownHost())
                : service -> SocketAddress.inetSocketAddress(service.ports().http(), LOOPBACK);
    }

    /** Returns where the gateway sends requests. */
    Upstreams upstreams(Services services) {
        return new Upstreams(
                new Upstream.ChangingReplicas(rollouts.endpoints(ServiceName.PAIRING.toString())),
                new Upstream.ChangingReplicas(rollouts.endpoints(ServiceName.TRANSACTION.toString())),
                new Upstream.ChangingReplicas(() -> webSockets(services)));
    }

    /** The same connectors as for MQTT over TCP, each at its other port. */
    private List<SocketAddress> webSockets(Services services) {
        List<SocketAddress> ready =
                rollouts.endpoints(ServiceName.CONNECTOR.toString()).get();
        return IntStream.range(0, services.connectors().size())
                .filter(index -> ready.contains(addressOf(ServiceName.CONNECTOR, options)
                        .apply(services.connectors().get(index))))
                .mapToObj(services.webSockets()::get)
                .toList();
    }

    /** Starts all pods and the load balancer for devices, and returns when the pods are available. */
    void start(Vertx vertx) {
        for (ServiceName name : ServiceName.values()) {
            rollouts.start(name.toString(), options.count(name));
        }
        ConnectionBalancer.listen(
                        vertx,
                        options.addresses().host(),
                        options.addresses().mqttPort(),
                        rollouts.endpoints(ServiceName.CONNECTOR.toString()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try {
            rollouts.awaitAvailable();
        } catch (FailedStartsException e) {
            throw new StackException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        server.close();
        rollouts.close();
    }

    /** The place of a service process. */
    private record Place(Service service, RunningServices processes, Function<Service, SocketAddress> addresses)
            implements Container {
        @Override
        public String name() {
            return service.name();
        }

        @Override
        public SocketAddress address() {
            return addresses.apply(service);
        }

        @Override
        public URI management(String path) {
            return service.management(path);
        }

        @Override
        public Optional<RunningProcess> start() {
            return processes.launch(service).map(Function.identity());
        }
    }
}
