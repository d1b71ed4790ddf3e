package dev.terminalcloud.inbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that one poll of a consumer has returned, until they are applied.
 *
 * @param records in the order of each partition
 * @param acknowledgements what lets the consumer commit the records of each partition
 * @param rejection stops the consumer
 * @param context the Vert.x context of the poll, which nothing else uses
 */
record Poll(
        List<ConsumerRecord<byte[], byte[]>> records,
        Map<TopicPartition, Supplier<CompletionStage<Void>>> acknowledgements,
        Function<Throwable, CompletionStage<Void>> rejection,
        Context context) {

    /** Returns the poll that the consumer has delivered on the current Vert.x context. */
    static Poll of(KafkaRecordBatch<byte[], byte[]> delivered) {
        Map<TopicPartition, Supplier<CompletionStage<Void>>> acknowledgements = new HashMap<>();
        delivered.getLatestOffsetRecords().forEach((partition, latest) -> acknowledgements.put(partition, latest::ack));
        return new Poll(recordsOf(delivered), acknowledgements, delivered::nack, Vertx.currentContext());
    }

    @SuppressWarnings("unchecked") // The metadata of a batch have the types of its records.
    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(KafkaRecordBatch<byte[], byte[]> delivered) {
        IncomingKafkaRecordBatchMetadata<byte[], byte[]> polled =
                delivered.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow();
        return StreamSupport.stream(polled.getRecords().spliterator(), false).toList();
    }

    PollSize size() {
        return PollSize.of(records);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Returns the poll without the records of these partitions, which are never acknowledged then. */
    Poll without(Collection<TopicPartition> revoked) {
        Map<TopicPartition, Supplier<CompletionStage<Void>>> kept = new HashMap<>(acknowledgements);
        kept.keySet().removeAll(revoked);
        return new Poll(
                records.stream()
                        .filter(received -> kept.containsKey(partitionOf(received)))
                        .toList(),
                kept,
                rejection,
                context);
    }

    /** Lets the consumer commit the records: all of them are applied. */
    Uni<Void> acknowledge() {
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.allOf(acknowledgements.values().stream()
                        .map(acknowledgement -> acknowledgement.get().toCompletableFuture())
                        .toArray(CompletableFuture[]::new)));
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> received) {
        return new TopicPartition(received.topic(), received.partition());
    }
}
