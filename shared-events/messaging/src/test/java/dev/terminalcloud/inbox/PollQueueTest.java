package dev.terminalcloud.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls that come while a batch is applied are the next batch. All of it runs on one event loop, as the polls of a consumer do. */
class PollQueueTest {
    private static final String TOPIC = "topic";
    private static final int MAX_RECORDS = PollQueue.MAX_SIZE.records();
    private static final int MAX_BYTES = Math.toIntExact(PollQueue.MAX_SIZE.bytes());

    /** A batch that the queue has given to the database, until the test ends it. */
    private record Batch(List<String> records, CompletableFuture<Void> end) {}

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Batch> batches = new ArrayList<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<Throwable> rejections = new CopyOnWriteArrayList<>();
    private final PollQueue queue = new PollQueue(this::apply);

    /** The room for the poll after the last one. */
    private CompletableFuture<Void> room;

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void pollIsAppliedAtOnceIfNothingIsUnderWay() {
        add("0/0");

        assertThat(applied()).containsExactly(List.of("0/0"));
        assertThat(acknowledged).isEmpty();

        end(0);

        assertThat(acknowledged).containsExactly("0/0");
    }

    @Test
    void pollsDuringABatchAreTheNextOneInTheirOrder() {
        add("0/0");
        add("1/0");
        add("0/1", "1/1");
        add("0/2");

        assertThat(applied()).containsExactly(List.of("0/0"));

        end(0);

        assertThat(applied()).containsExactly(List.of("0/0"), List.of("1/0", "0/1", "1/1", "0/2"));
        assertThat(acknowledged).containsExactly("0/0");

        end(1);

        assertThat(acknowledged).containsExactlyInAnyOrder("0/0", "1/0", "0/1", "1/1", "0/2");
    }

    @Test
    void batchHasAtMostTheRecordsThatMayWait() {
        add("0/0");
        add(records(1, MAX_RECORDS - 1));
        add("2/0", "2/1");
        end(0);

        assertThat(applied().get(1)).hasSize(MAX_RECORDS - 1);
        assertThat(room).isCompleted();

        end(1);

        assertThat(applied().get(2)).containsExactly("2/0", "2/1");
    }

    @Test
    void pollBeyondTheRecordsThatMayWaitWaitsForRoom() {
        add("0/0");
        add(records(1, MAX_RECORDS - 1));

        assertThat(room).isCompleted();

        add("2/0");

        assertThat(room).isNotDone();

        end(0);

        assertThat(room).isCompleted();
    }

    @Test
    void pollBeyondTheBytesThatMayWaitWaitsForRoom() {
        add("0/0");
        addLarge("1/0", MAX_BYTES - 2);
        addLarge("2/0", 1);

        assertThat(room).isCompleted();

        addLarge("3/0", 1);

        assertThat(room).isNotDone();

        end(0);

        assertThat(applied().get(1)).containsExactly("1/0", "2/0", "3/0");
        assertThat(room).isCompleted();
    }

    @Test
    void batchHasAtMostTheBytesThatMayWait() {
        add("0/0");
        addLarge("1/0", MAX_BYTES - 1);
        addLarge("2/0", 2);
        end(0);

        assertThat(applied().get(1)).containsExactly("1/0");

        end(1);

        assertThat(applied().get(2)).containsExactly("2/0");
    }

    @Test
    void bytesOfRevokedPartitionsMakeRoom() {
        add("0/0");
        addLarge("1/0", MAX_BYTES);

        assertThat(room).isNotDone();

        queue.drop(List.of(new TopicPartition(TOPIC, 1)));

        assertThat(room).isCompleted();
    }

    @Test
    void largePollIsABatchOfItsOwn() {
        add("0/0");
        add(records(1, MAX_RECORDS + 1));
        add("2/0");
        end(0);

        assertThat(applied().get(1)).hasSize(MAX_RECORDS + 1);
    }

    @Test
    void recordsOfRevokedPartitionsAreNeitherAppliedNorAcknowledged() {
        add("0/0", "1/0");
        add("1/1");
        add("0/1", "1/2", "2/0");
        add(records(1, MAX_RECORDS));

        assertThat(room).isNotDone();

        queue.drop(List.of(new TopicPartition(TOPIC, 1)));

        assertThat(room).isCompleted();

        end(0);
        end(1);

        assertThat(applied()).containsExactly(List.of("0/0", "1/0"), List.of("0/1", "2/0"));
        assertThat(acknowledged).containsExactlyInAnyOrder("0/0", "1/0", "0/1", "2/0");
    }

    /** A revocation whose commit fails is not passed on: the next assignment is. */
    @Test
    void waitingRecordsOfAssignedPartitionsAreFromBeforeAndDropped() {
        Inbox inbox = new Inbox(null, null, null, null, null) {
            @Override
            void drop(Collection<TopicPartition> partitions) {
                queue.drop(partitions);
            }
        };
        add("0/0");
        add("0/1", "1/0");
        new RevokedPartitions(inbox).onPartitionsAssigned(null, List.of(new TopicPartition(TOPIC, 0)));
        end(0);

        assertThat(applied()).containsExactly(List.of("0/0"), List.of("1/0"));
    }

    @Test
    void nothingIsAppliedAfterABatchThatFails() {
        IllegalStateException failure = new IllegalStateException("a bug");
        add("0/0");
        add("0/1");
        batches.get(0).end().completeExceptionally(failure);
        awaitEventLoop();

        assertThat(applied()).containsExactly(List.of("0/0"));
        assertThat(acknowledged).isEmpty();
        assertThat(rejections).containsExactly(failure);
    }

    private static String[] records(int partition, int count) {
        return IntStream.range(0, count)
                .mapToObj(offset -> partition + "/" + offset)
                .toArray(String[]::new);
    }

    private Uni<Void> apply(List<ConsumerRecord<byte[], byte[]>> records) {
        assertThat(Vertx.currentContext()).isSameAs(context);
        Batch batch = new Batch(records.stream().map(PollQueueTest::nameOf).toList(), new CompletableFuture<>());
        batches.add(batch);
        return Uni.createFrom().completionStage(batch.end());
    }

    private List<List<String>> applied() {
        return batches.stream().map(Batch::records).toList();
    }

    private void add(String... names) {
        add(Stream.of(names).map(name -> received(name, 0)).toList());
    }

    /** Adds a poll of one record with a key and a value, which have so many bytes together. */
    private void addLarge(String name, int bytes) {
        add(List.of(received(name, bytes)));
    }

    private void add(List<ConsumerRecord<byte[], byte[]>> records) {
        room = queue.add(poll(records)).subscribeAsCompletionStage();
        awaitEventLoop();
    }

    private void end(int batch) {
        batches.get(batch).end().complete(null);
        awaitEventLoop();
    }

    /** Waits for all that the event loop has to do: each of few steps may add another one. */
    private void awaitEventLoop() {
        for (int step = 0; step < 20; step++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            context.runOnContext(now -> done.complete(null));
            done.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private Poll poll(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Supplier<CompletionStage<Void>>> acknowledgements = records.stream()
                .collect(Collectors.groupingBy(
                        one -> new TopicPartition(TOPIC, one.partition()),
                        Collectors.collectingAndThen(
                                Collectors.toList(), ofPartition -> () -> acknowledge(ofPartition))));
        Function<Throwable, CompletionStage<Void>> rejection = failure -> {
            rejections.add(failure);
            return CompletableFuture.failedFuture(failure);
        };
        return new Poll(records, acknowledgements, rejection, context);
    }

    private CompletionStage<Void> acknowledge(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(one -> acknowledged.add(nameOf(one)));
        return CompletableFuture.completedFuture(null);
    }

    private static ConsumerRecord<byte[], byte[]> received(String name, int bytes) {
        String[] place = name.split("/", -1);
        byte[] key = new byte[Math.min(bytes, 1)];
        return new ConsumerRecord<>(
                TOPIC, Integer.parseInt(place[0]), Long.parseLong(place[1]), key, new byte[bytes - key.length]);
    }

    private static String nameOf(ConsumerRecord<byte[], byte[]> received) {
        return received.partition() + "/" + received.offset();
    }
}
