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
import java.util.List;
import java.util.Map;

/**
 * Kafka as a process of its own, so that it can be killed and restarted as the services can. It keeps its port.
 *
 * @param port the port on 127.0.0.1
 * @param service the process
 */
record KafkaProcess(int port, Service service) {
    private static final String NAME = "kafka";
    private static final String FOLDER = "BROKER_FOLDER";
    private static final String PORT = "BROKER_PORT";
    private static final String READINESS_PORT = "BROKER_READINESS_PORT";
    private static final String FORWARDED = "BROKER_PROXY_PORTS";
    private static final int OK = 200;

    /** @param port 0 for a free port */
    static KafkaProcess of(Path folder, int port, ProxyPorts proxyPorts) {
        int chosen = port == 0 ? Port.free() : port;
        int readinessPort = Port.free();
        Map<String, String> environment = Map.of(
                FOLDER, folder.toString(),
                PORT, Integer.toString(chosen),
                READINESS_PORT, Integer.toString(readinessPort),
                FORWARDED, proxyPorts.brokerListeners());
        List<String> program = List.of("-Xmx192m", "-cp", ownJar(), KafkaProcess.class.getName());
        return new KafkaProcess(chosen, new Service(NAME, program, readinessPort, environment));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Main method of the process: serves until shutdown is requested, and answers HTTP as soon as it serves. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(
                Path.of(System.getenv(FOLDER)),
                Integer.parseInt(System.getenv(PORT)),
                ProxyPorts.parse(System.getenv(FORWARDED)));
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
