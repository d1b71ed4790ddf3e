package dev.terminalcloud.inbox;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness check: live while each consumer of a topic polls, whatever it gets. A consumer polls on while Kafka or the database is
 * unavailable, so neither costs a restart; one that was closed after a failure, or whose thread hangs, never polls again, and only
 * a restart brings it back.
 */
@Liveness
@ApplicationScoped
class ConsumerLiveness implements HealthCheck {
    /** Longer than the longest wait of a polling thread: the commit of a partition that is revoked, 60 s without a broker. */
    private static final Duration MAX_PAUSE = Duration.ofMinutes(3);

    private static final String LAST_POLL = "last-poll-seconds-ago";

    private final KafkaClientService clients;

    ConsumerLiveness(KafkaClientService clients) {
        this.clients = clients;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> stopped = clients.getConsumerChannels().stream()
                .filter(this::hasStopped)
                .sorted()
                .toList();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("consumers").status(stopped.isEmpty());
        if (!stopped.isEmpty()) {
            response.withData("stopped", String.join(", ", stopped));
        }
        return response.build();
    }

    private boolean hasStopped(String channel) {
        List<KafkaConsumer<Object, Object>> consumers = clients.getConsumers(channel);
        return consumers.stream().map(KafkaConsumer::unwrap).anyMatch(ConsumerLiveness::hasStopped);
    }

    /** Returns whether the consumer has no last poll, as it is closed, or none for too long; one that is not yet created has not. */
    private static boolean hasStopped(Consumer<?, ?> consumer) {
        if (consumer == null) {
            return false;
        }
        OptionalDouble secondsSincePoll = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(LAST_POLL))
                .map(Map.Entry::getValue)
                .map(Metric::metricValue)
                .mapToDouble(Double.class::cast)
                .findFirst();
        return secondsSincePoll.isEmpty() || secondsSincePoll.getAsDouble() > MAX_PAUSE.toSeconds();
    }
}
