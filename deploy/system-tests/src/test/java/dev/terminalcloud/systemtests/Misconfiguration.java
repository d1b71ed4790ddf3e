package dev.terminalcloud.systemtests;

import java.nio.file.Path;

/** Errors of operators: the variable, and the line of the process that exits. */
enum Misconfiguration {
    WRONG_PASSWORD_OF_KAFKA(
            "device-connector", "KAFKA_SASL_JAAS_CONFIG", "Startup failed: Kafka at .*: authentication failed: ") {
        @Override
        String change(String value) {
            return value.replace("password=\"", "password=\"not-");
        }
    },
    NO_PASSWORD_OF_KAFKA(
            "device-connector",
            "KAFKA_SASL_JAAS_CONFIG",
            "Startup failed: Kafka at .*: kafka.sasl.jaas.config is not set: "),
    NO_AUTHORITY_OF_KAFKA(
            "device-connector",
            "KAFKA_SSL_TRUSTSTORE_LOCATION",
            "Startup failed: Kafka at .*: TLS handshake failed: PKIX path"),
    INDEX_BEYOND_THE_PARTITIONS(
            "device-connector", "CONNECTOR_INDEX", "connector.index must be between 0 and 63, was 64") {
        @Override
        String change(String value) {
            return "64";
        }
    },
    NO_INDEX("device-connector", "CONNECTOR_INDEX", "connector.index is required"),
    NO_CERTIFICATE(
            "device-connector",
            "CONNECTOR_TLS_REQUIRED",
            "connector.tls.certificate-chain and connector.tls.key must be set"),
    WRONG_PASSWORD_OF_THE_DATABASE(
            "transaction-service",
            "QUARKUS_FLYWAY_PASSWORD",
            "Startup failed, exiting: reason=PostgreSQL at .*password authentication failed") {
        @Override
        String change(String value) {
            return "not-" + value;
        }
    },
    WRONG_PASSWORD_OF_THE_SERVICE_IN_THE_DATABASE(
            "pairing-service",
            "QUARKUS_DATASOURCE_PASSWORD",
            "Startup failed, exiting: reason=PostgreSQL at .* as user pairing: .*password authentication failed"
                    + ".*QUARKUS_DATASOURCE_PASSWORD") {
        @Override
        String change(String value) {
            return "not-" + value;
        }
    },
    NO_PASSWORD_OF_THE_SERVICE_IN_THE_DATABASE(
            "transaction-service",
            "QUARKUS_DATASOURCE_PASSWORD",
            "Startup failed, exiting: reason=PostgreSQL at .* as user transaction: .*password authentication failed"
                    + ".*QUARKUS_DATASOURCE_PASSWORD"),
    UNKNOWN_USER_OF_THE_SERVICE_IN_THE_DATABASE(
            "transaction-service",
            "QUARKUS_DATASOURCE_USERNAME",
            "Startup failed, exiting: reason=PostgreSQL at .* as user not_transaction: .*role .*not_transaction"
                    + ".* does not exist.*QUARKUS_DATASOURCE_USERNAME") {
        @Override
        String change(String value) {
            return "not_" + value;
        }
    };

    private final String service;
    private final String variable;
    private final String line;

    Misconfiguration(String service, String variable, String line) {
        this.service = service;
        this.variable = variable;
        this.line = line;
    }

    /** Starts one more process with it; returns when that has exited. */
    MisconfiguredProcess run(LocalStack stack, Path folder) throws Exception {
        return MisconfiguredProcess.run(stack, service, variable, this::change, folder);
    }

    /** Returns a pattern of the line that the process must print. */
    String line() {
        return line;
    }

    /** Returns the wrong value; null for none. */
    String change(String value) {
        return null;
    }
}
