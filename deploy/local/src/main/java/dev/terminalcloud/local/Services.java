package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.embedded.ServiceSchema;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The services, each with its replicas, with the addresses of one start. This is the only place that configures them; the keys are
 * the services' own, see their configuration.md.
 *
 * @param webSockets the addresses on which the connectors accept MQTT over WebSocket
 */
record Services(
        List<Service> pairing, List<Service> transaction, List<Service> connectors, List<SocketAddress> webSockets) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORTS_OF_A_PROCESS = 3;

    /** @throws StackException if a service has not been built */
    static void requireBuilt(Installation installation) {
        Arrays.stream(ServiceName.values()).map(ServiceName::toString).forEach(installation::serviceJar);
    }

    /**
     * Defines the services and creates their database users.
     *
     * @param traces where they send traces
     */
    static Services of(
            Installation installation,
            Options options,
            Secrets secrets,
            Encryption encryption,
            KafkaProcess kafka,
            EmbeddedDatabase database,
            Optional<URI> traces) {
        int replicas = options.places(ServiceName.PAIRING);
        List<ServicePorts> ports = freePorts(2 * replicas);
        List<Integer> webSocketPorts = Port.free(options.connectors());
        return new Services(
                new Definition(ServiceName.PAIRING, installation, options, encryption, kafka)
                        .withTraces(traces)
                        .with(database, "pairing", secrets.pairingDatabase(), replicas)
                        .with("ADMINISTRATION_PASSWORD", secrets.administration())
                        .with("PAIRING_CALLBACK_ALLOW_PRIVATE_ADDRESSES", "true")
                        // The gateway: it replaces the address that a client claims by the address of its connection.
                        .with("PAIRING_TRUSTED_PROXIES", LOOPBACK)
                        .replicas(0, ports.subList(0, replicas)),
                new Definition(ServiceName.TRANSACTION, installation, options, encryption, kafka)
                        .withTraces(traces)
                        .with(database, "transaction", secrets.transactionDatabase(), replicas)
                        .with("ADMINISTRATION_PASSWORD", secrets.administration())
                        .with("PUBLIC_URL", options.addresses().publicUrl())
                        .with("TRANSACTION_CALLBACK_ALLOW_PRIVATE_ADDRESSES", "true")
                        .replicas(replicas, ports.subList(replicas, 2 * replicas)),
                connectors(installation, options, encryption, kafka, webSocketPorts, traces),
                webSocketPorts.stream()
                        .map(port -> SocketAddress.inetSocketAddress(
                                port, options.addresses().ownHost()))
                        .toList());
    }

    private static List<Service> connectors(
            Installation installation,
            Options options,
            Encryption encryption,
            KafkaProcess kafka,
            List<Integer> webSocketPorts,
            Optional<URI> traces) {
        List<ServicePorts> ports = freePorts(options.connectors());
        List<Integer> mqttPorts = options.hasRollouts() ? Port.free(options.connectors()) : options.mqttPorts();
        return IntStream.range(0, options.connectors())
                .mapToObj(index -> new Definition(ServiceName.CONNECTOR, installation, options, encryption, kafka)
                        .withTraces(traces)
                        .with("CONNECTOR_INDEX", Integer.toString(index))
                        .with("CONNECTOR_MQTT_HOST", options.addresses().host())
                        .with("CONNECTOR_MQTT_PORT", mqttPorts.get(index).toString())
                        .with(
                                "CONNECTOR_WEB_SOCKET_PORT",
                                webSocketPorts.get(index).toString())
                        // The sandbox page: the gateway replaces the Host that its origin would be compared with.
                        .with(
                                "CONNECTOR_WEB_SOCKET_ALLOWED_ORIGINS",
                                String.join(",", options.addresses().pageOrigins()))
                        // The gateway, as above; so devices on this machine have no rate limit by address either.
                        .with("CONNECTOR_TRUSTED_PROXIES", options.addresses().ownHost())
                        // This stack does not have a certificate that a device would trust.
                        .with("CONNECTOR_TLS_REQUIRED", "false")
                        .withDrain(options)
                        .replica(options.processes() - options.connectors(), index, ports.get(index)))
                .toList();
    }

    /** Returns the processes of these services. */
    List<Service> of(Collection<ServiceName> names) {
        return names.stream().map(this::of).flatMap(List::stream).toList();
    }

    private List<Service> of(ServiceName name) {
        return switch (name) {
            case PAIRING -> pairing;
            case TRANSACTION -> transaction;
            case CONNECTOR -> connectors;
        };
    }

    private static List<ServicePorts> freePorts(int processes) {
        List<Integer> ports = Port.free(PORTS_OF_A_PROCESS * processes);
        return IntStream.range(0, processes)
                .map(process -> PORTS_OF_A_PROCESS * process)
                .mapToObj(first -> new ServicePorts(ports.get(first), ports.get(first + 1), ports.get(first + 2)))
                .toList();
    }

    /** Builder of a service, or of its replicas, which differ in name and port. */
    private static final class Definition {
        /** Connections of all replicas of a service together. */
        private static final int DATABASE_CONNECTIONS = 32;

        /** Connections of one replica, as in production. */
        private static final int MAX_DATABASE_CONNECTIONS = 16;

        /** The gateway checks twice a second whether a replica is ready. */
        private static final String SHUTDOWN_DELAY = "2S";

        /** A record ends a fetch and a poll at once; so at rest a reader asks for news rarely. */
        private static final String MAX_WAIT_MILLIS = "5000";

        /** Threads that send heartbeats look as often whether there is something to do: ten times a second by default. */
        private static final String RETRY_BACKOFF_MILLIS = "500";

        private final ServiceName service;
        private final Path jar;
        private final ProxyPorts proxyPorts;
        private final int clockSkew;
        private final Development development;
        private final Encryption encryption;
        private final Map<String, String> environment = new HashMap<>();
        private boolean hasDatabase;

        Definition(
                ServiceName service,
                Installation installation,
                Options options,
                Encryption encryption,
                KafkaProcess kafka) {
            this.service = service;
            this.development = options.development();
            this.encryption = encryption;
            this.proxyPorts = ProxyPorts.of(options);
            this.clockSkew = options.clockSkew();
            this.jar = installation.serviceJar(service.toString());
            with("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
            environment.putAll(encryption.kafkaEnvironment(service.toString()));
            with("QUARKUS_HTTP_HOST", LOOPBACK);
            with("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
            with("ADMINISTRATION_HOST", LOOPBACK);
            if (!options.hasRollouts()) {
                shortenShutdown();
            }
        }

        /** With rollouts all these times are those of production. */
        private void shortenShutdown() {
            // A killed consumer is detected after 6 s: until then its partitions are not assigned to another.
            with("KAFKA_SESSION_TIMEOUT_MS", "6000");
            with("KAFKA_HEARTBEAT_INTERVAL_MS", "2000");
            // A single replica needs no time until the gateway sees that it is not ready: the gateway has stopped
            // before.
            with("QUARKUS_SHUTDOWN_DELAY", "0S");
        }

        /** With a single connector devices have no other to reconnect to. */
        Definition withDrain(Options options) {
            return options.hasRollouts()
                    ? this
                    : with("CONNECTOR_SHUTDOWN_DELAY", "0S")
                            .with("CONNECTOR_DRAIN_DURATION", options.connectors() == 1 ? "0S" : "5S");
        }

        Definition with(EmbeddedDatabase database, String user, String password, int replicas) {
            hasDatabase = true;
            database.addService(user, password);
            if (replicas > 1) {
                environment.computeIfPresent("QUARKUS_SHUTDOWN_DELAY", (key, single) -> SHUTDOWN_DELAY);
            } else {
                // A single replica takes no partition over.
                with("KAFKA_FETCH_MAX_WAIT_MS", MAX_WAIT_MILLIS);
                with("MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_POLL_TIMEOUT", MAX_WAIT_MILLIS);
                with("KAFKA_RETRY_BACKOFF_MS", RETRY_BACKOFF_MILLIS);
            }
            int connections = Math.min(MAX_DATABASE_CONNECTIONS, DATABASE_CONNECTIONS / replicas);
            with("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", Integer.toString(connections));
            with("QUARKUS_DATASOURCE_USERNAME", user);
            with("QUARKUS_DATASOURCE_PASSWORD", password);
            with("QUARKUS_FLYWAY_USERNAME", ServiceSchema.owner(user));
            with("QUARKUS_FLYWAY_PASSWORD", password);
            environment.putAll(encryption.databaseEnvironment(database));
            return this;
        }

        /** Every request is traced: it is the developer's own. */
        Definition withTraces(Optional<URI> endpoint) {
            endpoint.ifPresent(
                    address -> with("TRACING_ENDPOINT", address.toString()).with("TRACING_RATIO", "1"));
            return this;
        }

        Definition with(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /**
         * Returns one replica for each port. The first has the plain name, the name of the second ends in {@code -2}.
         *
         * @param processes the number of processes before them
         */
        List<Service> replicas(int processes, List<ServicePorts> ports) {
            return IntStream.range(0, ports.size())
                    .mapToObj(i -> replica(processes, i, ports.get(i)))
                    .toList();
        }

        /** @param number from 0 */
        Service replica(int processes, int number, ServicePorts ports) {
            String name = number == 0 ? service.toString() : "%s-%d".formatted(service, number + 1);
            Map<String, String> own = new HashMap<>(environment);
            own.putAll(proxyPorts.environment(processes + number, hasDatabase));
            own.putAll(ClockSkew.environment(clockSkew, number));
            own.put("QUARKUS_HTTP_PORT", Integer.toString(ports.http()));
            own.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.management()));
            own.put("ADMINISTRATION_PORT", Integer.toString(ports.administration()));
            return Service.ofJar(name, jar, ports, Map.copyOf(own))
                    .withDebugPort(development.debugPort(service, number));
        }
    }
}
