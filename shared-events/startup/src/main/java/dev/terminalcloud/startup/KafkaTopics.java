package dev.terminalcloud.startup;

import dev.terminalcloud.startup.CheckResult.Available;
import dev.terminalcloud.startup.CheckResult.Incomplete;
import dev.terminalcloud.startup.CheckResult.Misconfigured;
import dev.terminalcloud.startup.CheckResult.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Kafka with the topics that a service uses, each with at least the required number of partitions. No service creates a
 * topic: a typing error in a broker's address would silently create a second system.
 */
public final class KafkaTopics implements Prerequisite {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_RECONNECT_BACKOFF_MILLIS = 500;
    private static final String UNRESOLVABLE = "No resolvable bootstrap urls";
    private static final String NO_CREDENTIALS = "entry in the JAAS configuration";

    private final Map<String, Object> connection;
    private final Map<String, Integer> partitions;

    /** @param connection the connection settings of the Kafka clients */
    public KafkaTopics(Map<String, Object> connection, UsedTopics used) {
        this.connection = connection;
        this.partitions = used.partitions();
    }

    @Override
    public String description() {
        return "Kafka at " + connection.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    }

    @Override
    public String advice() {
        return "Check that Kafka is running, that the topics exist, kafka.bootstrap.servers (KAFKA_BOOTSTRAP_SERVERS)"
                + " and, for TLS or SASL, kafka.security.protocol, kafka.ssl.* and kafka.sasl.*";
    }

    @Override
    public CheckResult check() throws InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            return check(admin);
        } catch (KafkaException e) {
            String reason = rootCause(e);
            if (reason.startsWith(UNRESOLVABLE)) {
                return new Unavailable(reason);
            }
            return new Misconfigured(
                    reason.contains(NO_CREDENTIALS) ? "kafka.sasl.jaas.config is not set: " + reason : reason);
        }
    }

    private CheckResult check(Admin admin) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
                admin.describeTopics(partitions.keySet()).topicNameValues().entrySet()) {
            String topic = asked.getKey();
            try {
                int found = asked.getValue().get().partitions().size();
                if (found < partitions.get(topic)) {
                    return new Misconfigured(
                            "topic %s has %d partitions but needs %d".formatted(topic, found, partitions.get(topic)));
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    return failure(topic, e.getCause());
                }
                missing.add(topic);
            }
        }
        return missing.isEmpty()
                ? new Available()
                : new Incomplete(
                        "missing topics: " + String.join(", ", missing) + " (see shared-events, Creating the topics)");
    }

    private static CheckResult failure(String topic, Throwable failure) {
        if (failure instanceof SslAuthenticationException) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            return new Misconfigured("TLS handshake failed: " + cause.getMessage());
        }
        if (failure instanceof AuthenticationException) {
            return new Misconfigured("authentication failed: " + failure.getMessage());
        }
        if (failure instanceof AuthorizationException) {
            return new Misconfigured("not authorized for topic " + topic);
        }
        return new Unavailable("no response: " + failure.getMessage());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = KafkaSettings.administration(connection, REQUEST_TIMEOUT);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_RECONNECT_BACKOFF_MILLIS);
        return settings;
    }

    private static String rootCause(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : rootCause(failure.getCause());
    }
}
