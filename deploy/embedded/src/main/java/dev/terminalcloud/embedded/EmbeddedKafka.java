package dev.terminalcloud.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Apache Kafka in this process: one node that is broker and controller (KRaft), on 127.0.0.1 only.
 *
 * <p>It keeps its data: acknowledged records are available again after the next start on the same folder, also when the process was
 * killed. They survive a crash of the process but not of the machine, since a single broker leaves flushing to the operating system.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int NODE_ID = 1;
    private static final int REGISTRATION_TIMEOUT_MILLIS = 10 * 60 * 1000;

    /** The same for each folder, so that no file is needed to keep it, which could be lost or half written. */
    private static final String CLUSTER_ID = new Uuid(0x7465_726d_696e_616cL, 0x2d63_6c6f_7564_2121L).toString();

    private final KafkaRaftServer server;
    private final int port;
    private final int administrationPort;

    private EmbeddedKafka(KafkaRaftServer server, int port, int administrationPort) {
        this.server = server;
        this.port = port;
        this.administrationPort = administrationPort;
    }

    /**
     * Starts the broker and creates the missing topics of the system. Returns when the broker accepts connections, after 3 to 4 s.
     *
     * @param data the folder with all of its data; created if absent; only one broker may use it at a time
     * @param port the port to listen on, 0 for a free port
     * @throws PortInUseException if the port is in use
     * @throws IllegalStateException if it does not start
     */
    public static EmbeddedKafka start(Path data, int port) {
        return start(data, port, Map.of());
    }

    /**
     * Starts the broker with additional listeners for clients that connect through a proxy.
     *
     * @param forwarded the ports of 127.0.0.1 to listen on, each with the port that the broker advertises to its clients
     */
    public static EmbeddedKafka start(Path data, int port, Map<Integer, Integer> forwarded) {
        int brokerPort = Port.freeOr(port, "Kafka");
        Map<String, String> settings = settings(data, brokerPort);
        forwarded.forEach((listening, advertised) -> addListener(settings, listening, advertised));
        EmbeddedKafka kafka = create(settings, brokerPort, brokerPort);
        return started(kafka, () -> TopicCreator.createMissing(kafka.bootstrapServers()));
    }

    /**
     * Starts the broker with encryption and access control: clients need a user of {@link KafkaSecurity} on the port. Another port, for
     * the administrator, accepts everything without TLS.
     *
     * @param administrationPort that port
     */
    public static EmbeddedKafka start(Path data, int port, int administrationPort, KafkaSecurity security) {
        int brokerPort = Port.freeOr(port, "Kafka");
        Map<String, String> settings = settings(data, administrationPort);
        addListener(settings, KafkaSecurity.LISTENER, "SASL_SSL", brokerPort, brokerPort);
        settings.putAll(security.brokerSettings());
        EmbeddedKafka kafka = create(settings, brokerPort, administrationPort);
        return started(kafka, () -> {
            TopicCreator.createMissing(kafka.administrationServers());
            security.install(Map.of("bootstrap.servers", kafka.administrationServers()));
        });
    }

    private static EmbeddedKafka create(Map<String, String> settings, int port, int administrationPort) {
        return new EmbeddedKafka(
                new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM), port, administrationPort);
    }

    private static EmbeddedKafka started(EmbeddedKafka kafka, Runnable preparation) {
        boolean started = false;
        try {
            kafka.server.startup();
            preparation.run();
            started = true;
        } finally {
            if (!started) {
                kafka.close();
            }
        }
        return kafka;
    }

    /** Returns the address for clients: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return address(port);
    }

    /** Returns the address for the administrator, which needs no user; without {@link KafkaSecurity} that for clients. */
    public String administrationServers() {
        return address(administrationPort);
    }

    public int port() {
        return port;
    }

    /** Shuts down in order and returns when all data is on disk and the port is free. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Formats the folder; does nothing if it was formatted before. */
    private static void format(Path folder) {
        Formatter formatter = new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER_LISTENER)
                .setMetadataLogDirectory(folder.toString())
                .setDirectories(new TreeSet<>(List.of(folder.toString())))
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        try {
            formatter.run();
        } catch (Exception e) { // run() declares it
            throw new IllegalStateException("Failed to use the folder %s for Kafka".formatted(folder), e);
        }
    }

    /** Formats the folder and returns settings that can be added to. */
    private static Map<String, String> settings(Path data, int brokerPort) {
        QuietLogs.apply();
        Path folder = data.toAbsolutePath();
        format(folder);
        return new HashMap<>(settings(folder, brokerPort, Port.free()));
    }

    private static Map<String, String> settings(Path folder, int brokerPort, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + address(controllerPort)),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://%s,%s://%s"
                                .formatted(address(brokerPort), CONTROLLER_LISTENER, address(controllerPort))),
                Map.entry("advertised.listeners", "PLAINTEXT://" + address(brokerPort)),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                // A restarted broker waits until its previous session has timed out: keep that short.
                Map.entry("controlled.shutdown.enable", "true"),
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                // On a busy machine the registration takes longer than the default of a minute.
                Map.entry("initial.broker.registration.timeout.ms", Integer.toString(REGISTRATION_TIMEOUT_MILLIS)),
                // Empty records in the metadata log, twice a second by default, would only keep the process awake:
                // no other broker measures its lag by them.
                Map.entry("metadata.max.idle.interval.ms", "0"),
                // Consumers do not need time to join a group's first rebalance.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // Small, since the process also runs other components.
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"),
                Map.entry("background.threads", "2"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)));
    }

    private static void addListener(Map<String, String> settings, int listening, int advertised) {
        addListener(settings, "FORWARDED" + listening, "PLAINTEXT", listening, advertised);
    }

    private static void addListener(
            Map<String, String> settings, String name, String protocol, int listening, int advertised) {
        settings.merge("listeners", "%s://%s".formatted(name, address(listening)), EmbeddedKafka::listed);
        settings.merge("advertised.listeners", "%s://%s".formatted(name, address(advertised)), EmbeddedKafka::listed);
        settings.merge("listener.security.protocol.map", "%s:%s".formatted(name, protocol), EmbeddedKafka::listed);
        settings.put("listener.name.%s.num.network.threads".formatted(name.toLowerCase(Locale.ROOT)), "1");
    }

    private static String listed(String some, String more) {
        return some + "," + more;
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }
}
