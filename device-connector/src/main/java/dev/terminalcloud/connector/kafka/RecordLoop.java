package dev.terminalcloud.connector.kafka;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One thread that reads one assigned consumer until it is closed.
 *
 * <p>If anything else ends the reading, an error in the handler included, the failure handler is called: a connector that
 * no longer reads must not look alive.
 */
public final class RecordLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<ConsumerRecords<byte[], byte[]>> handler;
    private final Thread thread;
    private volatile boolean closed;

    private RecordLoop(
            String name,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<ConsumerRecords<byte[], byte[]>> handler,
            Consumer<Throwable> failureHandler) {
        this.consumer = consumer;
        this.handler = handler;
        this.thread = new Thread(this::read, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            if (!closed) {
                failureHandler.accept(failure);
            }
        });
    }

    /** Starts the loop, which owns the consumer from now on and closes it. */
    public static RecordLoop start(
            String name,
            KafkaConsumer<byte[], byte[]> consumer,
            Consumer<ConsumerRecords<byte[], byte[]>> handler,
            Consumer<Throwable> failureHandler) {
        RecordLoop loop = new RecordLoop(name, consumer, handler, failureHandler);
        loop.thread.start();
        return loop;
    }

    private void read() {
        try {
            while (!closed) {
                handler.accept(consumer.poll(POLL));
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        } finally {
            // A consumer without a group has nothing to tell the broker, and does not wait for the fetch that is in
            // progress.
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Stops the loop. Returns when the thread has ended, or after two seconds. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
