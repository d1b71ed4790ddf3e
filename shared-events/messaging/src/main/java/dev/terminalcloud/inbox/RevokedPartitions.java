package dev.terminalcloud.inbox;

import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The listener {@value #NAME}: takes records that wait in the inbox from it when their partitions are revoked. */
@Unremovable
@ApplicationScoped
@Identifier(RevokedPartitions.NAME)
public class RevokedPartitions implements KafkaConsumerRebalanceListener {
    static final String NAME = "revoked-partitions";

    private final Inbox inbox;

    RevokedPartitions(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        inbox.drop(partitions);
    }
}
