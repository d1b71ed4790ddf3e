package dev.terminalcloud.embedded.test;

import dev.terminalcloud.embedded.TopicCreator;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Real servers in containers. The images are the system properties {@value #KAFKA_IMAGE} and {@value #POSTGRES_IMAGE}. Testcontainers
 * removes the containers of a killed process.
 */
final class ContainerServers {
    static final String KAFKA_IMAGE = "terminalcloud.test.kafka-image";
    static final String POSTGRES_IMAGE = "terminalcloud.test.postgres-image";

    private ContainerServers() {}

    static String kafka() {
        KafkaContainer kafka = new KafkaContainer(image(KAFKA_IMAGE, "apache/kafka", "apache/kafka-native:4.1.2"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1");
        endWithThisProcess(kafka::stop);
        kafka.start();
        TopicCreator.createMissing(kafka.getBootstrapServers());
        return kafka.getBootstrapServers();
    }

    static DatabaseAddress postgres() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(image(POSTGRES_IMAGE, "postgres", "postgres:18"));
        endWithThisProcess(postgres::stop);
        postgres.start();
        String location = "postgresql://%s:%d/%s"
                .formatted(
                        postgres.getHost(),
                        postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        postgres.getDatabaseName());
        return new DatabaseAddress(location, postgres.getUsername(), postgres.getPassword());
    }

    private static void endWithThisProcess(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "test-container-end"));
    }

    private static DockerImageName image(String property, String standsFor, String preset) {
        return DockerImageName.parse(System.getProperty(property, preset)).asCompatibleSubstituteFor(standsFor);
    }
}
