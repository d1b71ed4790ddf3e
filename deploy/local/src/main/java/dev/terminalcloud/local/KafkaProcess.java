package dev.terminalcloud.local;

import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka as a process of its own, so that it can be killed and restarted as the services can. It keeps its port.
 *
 * @param port the port on 127.0.0.1
 * @param administrationPort the port for clients that need no user, such as this launcher; the same without encryption
 * @param service the process
 */
record KafkaProcess(int port, int administrationPort, Service service) {
    private static final String NAME = "kafka";
    private static final String FOLDER = "BROKER_FOLDER";
    private static final String PORT = "BROKER_PORT";
    private static final String ADMINISTRATION_PORT = "BROKER_ADMINISTRATION_PORT";
    private static final String READINESS_PORT = "BROKER_READINESS_PORT";
    private static final String FORWARDED = "BROKER_PROXY_PORTS";
    private static final int OK = 200;

    /** @param port 0 for a free port */
    static KafkaProcess of(Path folder, int port, ProxyPorts proxyPorts, Encryption encryption, Profile profile) {
        List<Integer> free = Port.free(3);
        int chosen = port == 0 ? free.get(0) : port;
        int administrationPort = encryption.tls().isPresent() ? free.get(1) : chosen;
        int readinessPort = free.get(2);
        Map<String, String> environment = new HashMap<>(encryption.brokerEnvironment());
        environment.put(FOLDER, folder.toString());
        environment.put(PORT, Integer.toString(chosen));
        environment.put(ADMINISTRATION_PORT, Integer.toString(administrationPort));
        environment.put(READINESS_PORT, Integer.toString(readinessPort));
        environment.put(FORWARDED, proxyPorts.brokerListeners());
        List<String> program = new ArrayList<>(profile.kafkaOptions());
        program.addAll(List.of("-cp", ownJar(), KafkaProcess.class.getName()));
        return new KafkaProcess(
                chosen,
                administrationPort,
                new Service(NAME, List.copyOf(program), ServicePorts.same(readinessPort), Map.copyOf(environment)));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    String administrationServers() {
        return "127.0.0.1:" + administrationPort;
    }

    /** Main method of the process: serves until shutdown is requested, and answers HTTP as soon as it serves. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(System.getenv(FOLDER));
        int port = Integer.parseInt(System.getenv(PORT));
        EmbeddedKafka kafka = Encryption.ofBroker(System.getenv())
                .map(security -> EmbeddedKafka.start(
                        folder, port, Integer.parseInt(System.getenv(ADMINISTRATION_PORT)), security))
                .orElseGet(() -> EmbeddedKafka.start(folder, port, ProxyPorts.parse(System.getenv(FORWARDED))));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "end"));
        HttpServer readiness = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv(READINESS_PORT))),
                0);
        readiness.createContext("/", exchange -> {
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        readiness.start();
    }

    /** Returns the jar of this module, whose manifest names the rest of the class path. */
    private static String ownJar() {
        try {
            return Path.of(KafkaProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException("Failed to locate Kafka's classes", e));
        }
    }
}
