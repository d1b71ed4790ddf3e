package dev.terminalcloud.systemtests.gateways;

import dev.terminalcloud.systemtests.LocalStack;
import java.util.Map;

/** Where a gateway finds the services: the ports on 127.0.0.1 of one process of each. */
public record Origins(int pairing, int transaction, int webSocket) {

    /** Returns those of the first replicas. */
    public static Origins of(LocalStack stack) {
        return new Origins(
                Integer.parseInt(stack.variable("pairing-service", "QUARKUS_HTTP_PORT")),
                Integer.parseInt(stack.variable("transaction-service", "QUARKUS_HTTP_PORT")),
                Integer.parseInt(stack.variable("device-connector", "CONNECTOR_WEB_SOCKET_PORT")));
    }

    /** Returns the addresses by the names of the Services of Kubernetes. */
    Map<String, String> addresses() {
        return Map.of(
                "pairing-service",
                "127.0.0.1:" + pairing,
                "transaction-service",
                "127.0.0.1:" + transaction,
                "device-connector-web-socket",
                "127.0.0.1:" + webSocket);
    }
}
