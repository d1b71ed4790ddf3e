package dev.terminalcloud.connector.command;

import dev.terminalcloud.connector.config.ConnectorConfiguration;
import dev.terminalcloud.connector.kafka.EventPublisher;
import dev.terminalcloud.connector.kafka.KafkaClients;
import dev.terminalcloud.connector.kafka.ProcessExit;
import dev.terminalcloud.connector.kafka.RecordLoop;
import dev.terminalcloud.connector.ratelimit.TakeoverLimiter;
import dev.terminalcloud.connector.session.CloseReason;
import dev.terminalcloud.connector.session.CommandDropReason;
import dev.terminalcloud.connector.session.DeviceSession;
import dev.terminalcloud.connector.session.SessionMetrics;
import dev.terminalcloud.connector.session.Sessions;
import dev.terminalcloud.events.DeviceCommand;
import dev.terminalcloud.events.DeviceCommand.ConnectorStarted;
import dev.terminalcloud.events.DeviceCommand.EndSession;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.MalformedEventException;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.tracing.TraceSpan;
import dev.terminalcloud.tracing.Tracing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads this connector's partition of {@code device-commands} from its own start mark on, and hands each command to the
 * session that it names. The hand-over never waits, so a slow device does not hold up the others.
 *
 * <p>If the log no longer has the position, the process exits: commands were missed, and the next start tells the services
 * so.
 */
@Singleton
public class CommandReader {
    private static final Logger LOG = Logger.getLogger(CommandReader.class);
    private static final long START_TIMEOUT_SECONDS = 60;

    private final KafkaClients clients;
    private final EventPublisher publisher;
    private final Sessions sessions;
    private final TakeoverLimiter takeovers;
    private final SessionMetrics metrics;
    private final ProcessExit exit;
    private final Tracing tracing;
    private final int index;
    private final CountDownLatch ownMarkRead = new CountDownLatch(1);
    private RecordLoop reading;

    CommandReader(
            KafkaClients clients,
            EventPublisher publisher,
            Sessions sessions,
            TakeoverLimiter takeovers,
            SessionMetrics metrics,
            ProcessExit exit,
            Tracing tracing,
            ConnectorConfiguration configuration) {
        this.clients = clients;
        this.publisher = publisher;
        this.sessions = sessions;
        this.takeovers = takeovers;
        this.metrics = metrics;
        this.exit = exit;
        this.tracing = tracing;
        this.index = configuration.index();
    }

    /**
     * Appends the start mark and reads from it on; returns when the mark itself was read. An earlier connector of the same
     * index that still runs exits when it reads the mark.
     *
     * @param firstEpoch is added to the offset of the mark, for the epoch: offsets begin again when Kafka has lost its data
     * @throws IllegalStateException if the mark can't be written or read within a minute
     */
    public StartMark start(long firstEpoch) throws InterruptedException {
        StartMark mark = append(firstEpoch);
        TopicPartition partition = new TopicPartition(Topic.DEVICE_COMMANDS.topicName(), index);
        KafkaConsumer<byte[], byte[]> consumer = clients.newConsumer("commands");
        consumer.assign(List.of(partition));
        consumer.seek(partition, mark.offset());
        reading = RecordLoop.start(
                "device-commands",
                consumer,
                records -> records.forEach(command -> handle(command, mark)),
                failure -> exit.terminate("Failed to read commands", failure));
        if (!ownMarkRead.await(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Start mark not found at offset " + mark.offset());
        }
        return mark;
    }

    public void stop() {
        if (reading != null) {
            reading.close();
        }
    }

    private StartMark append(long firstEpoch) throws InterruptedException {
        UUID incarnation = UUID.randomUUID();
        try {
            long offset = publisher
                    .publish(Topic.DEVICE_COMMANDS, index, new ConnectorStarted(index, incarnation))
                    .toCompletableFuture()
                    .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .offset();
            return new StartMark(index, incarnation, offset, firstEpoch + offset);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Failed to write the start mark", e);
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> received, StartMark mark) {
        Event command;
        try {
            command = EventCodec.decode(Topic.DEVICE_COMMANDS, received.value());
        } catch (MalformedEventException e) {
            LOG.errorf("Malformed command, sent to dead-letter topic: offset=%d", received.offset());
            metrics.dropped(CommandDropReason.MALFORMED);
            publisher.publishDeadLetter(Topic.DEVICE_COMMANDS, received);
            return;
        }
        if (command instanceof ConnectorStarted started) {
            readMark(started, mark);
        } else if (command instanceof SessionCommand forSession) {
            dispatch(forSession, tracing.process(Topic.DEVICE_COMMANDS.topicName(), received.headers()));
        } else if (command instanceof DeviceCommand.Unknown) {
            metrics.dropped(CommandDropReason.UNKNOWN_TYPE);
        }
    }

    private void readMark(ConnectorStarted started, StartMark mark) {
        if (started.incarnation().equals(mark.incarnation())) {
            ownMarkRead.countDown();
        } else {
            exit.terminate("Another connector started with the same index: connectorIndex=" + index);
        }
    }

    private void dispatch(SessionCommand command, TraceSpan step) {
        Optional<DeviceSession> session = sessions.find(command);
        step.about(command);
        if (session.isEmpty()) {
            metrics.dropped(CommandDropReason.NO_SESSION);
            step.fail(CommandDropReason.NO_SESSION.name());
            return;
        }
        if (command instanceof EndSession) {
            takeovers.recordSuperseded(command.deviceId(), System.nanoTime());
            session.get().endAsync(CloseReason.SUPERSEDED);
        } else {
            session.get().deliver(command, step.traceparent());
        }
        step.end();
    }
}
