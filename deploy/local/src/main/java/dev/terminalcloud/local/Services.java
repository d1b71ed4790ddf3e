package dev.terminalcloud.local;

import dev.terminalcloud.embedded.EmbeddedDatabase;
import dev.terminalcloud.embedded.EmbeddedKafka;
import dev.terminalcloud.embedded.Port;
import dev.terminalcloud.local.gateway.Route;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The services of the house with the addresses of one start. What a service is told is in one place, here; the keys are the services'
 * own configuration, see their READMEs.
 *
 * @param webSocketPort where the connector accepts MQTT over WebSocket
 */
record Services(Service pairing, Service transaction, Service connector, int webSocketPort) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CONNECTOR_INDEX = "0";
    private static final String PAIRING = "pairing-service";
    private static final String TRANSACTION = "transaction-service";
    private static final String CONNECTOR = "device-connector";

    /** @throws StackFailure if one of them has not been built */
    static void requireBuilt(Installation installation) {
        List.of(PAIRING, TRANSACTION, CONNECTOR).forEach(installation::serviceJar);
    }

    /** Makes the database ready for them, too. */
    static Services of(
            Installation installation,
            Options options,
            Secrets secrets,
            EmbeddedKafka kafka,
            EmbeddedDatabase database) {
        List<Integer> ports = Port.free(4);
        int webSocketPort = ports.get(3);
        return new Services(
                new Definition(PAIRING, installation, kafka, ports.get(0))
                        .with(database, "pairing", secrets.pairingDatabase())
                        .with("ADMINISTRATION_PASSWORD", secrets.administration())
                        .service(),
                new Definition(TRANSACTION, installation, kafka, ports.get(1))
                        .with(database, "transaction", secrets.transactionDatabase())
                        .with("PUBLIC_URL", "http://localhost:" + options.port())
                        .with("TRANSACTION_CALLBACK_SPECIAL_ADDRESSES", "true")
                        .service(),
                new Definition(CONNECTOR, installation, kafka, ports.get(2))
                        .with("CONNECTOR_INDEX", CONNECTOR_INDEX)
                        .with("CONNECTOR_MQTT_HOST", options.host())
                        .with("CONNECTOR_MQTT_PORT", Integer.toString(options.mqttPort()))
                        .with("CONNECTOR_WEB_SOCKET_PORT", Integer.toString(webSocketPort))
                        .service(),
                webSocketPort);
    }

    List<Service> all() {
        return List.of(pairing, transaction, connector);
    }

    /** What of them is public. */
    List<Route> routes() {
        return List.of(
                Route.http("/POS/Pairing", origin(pairing.httpPort())),
                Route.http("/POS/Transaction", origin(transaction.httpPort())),
                Route.webSocket("/device", origin(webSocketPort), "/mqtt"));
    }

    private static SocketAddress origin(int port) {
        return SocketAddress.inetSocketAddress(port, LOOPBACK);
    }

    /** A service on its way to be one. */
    private static final class Definition {
        private final String name;
        private final Installation installation;
        private final int httpPort;
        private final Map<String, String> environment = new HashMap<>();

        Definition(String name, Installation installation, EmbeddedKafka kafka, int httpPort) {
            this.name = name;
            this.httpPort = httpPort;
            this.installation = installation;
            with("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
            // Who was killed is missed after 6 s, not 45: until then its group gives what it read to nobody else.
            with("KAFKA_SESSION_TIMEOUT_MS", "6000");
            with("KAFKA_HEARTBEAT_INTERVAL_MS", "2000");
            with("QUARKUS_HTTP_HOST", LOOPBACK);
            with("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
        }

        Definition with(EmbeddedDatabase database, String user, String password) {
            database.addService(user, password);
            with("QUARKUS_DATASOURCE_USERNAME", user);
            with("QUARKUS_DATASOURCE_PASSWORD", password);
            with("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
            return with("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
        }

        Definition with(String key, String value) {
            environment.put(key, value);
            return this;
        }

        Service service() {
            return new Service(name, installation.serviceJar(name), httpPort, Map.copyOf(environment));
        }
    }
}
