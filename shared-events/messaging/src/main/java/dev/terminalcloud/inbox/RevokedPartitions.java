package dev.terminalcloud.inbox;

import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The listener {@value #NAME}: drops the records that wait in the inbox when their partitions are revoked or assigned again. */
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

    /**
     * Drops the records that wait of a partition that is assigned now. They are from before: its revocation is not passed on if the commit of its
     * offsets has failed, and a poll may have been on its way to the inbox meanwhile. The consumer receives these records again.
     */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        inbox.drop(partitions);
    }
}
