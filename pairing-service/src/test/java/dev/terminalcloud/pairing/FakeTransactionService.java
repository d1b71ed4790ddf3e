package dev.terminalcloud.pairing;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.PairingConfirmation.PairingConfirmed;
import dev.terminalcloud.events.PairingConfirmation.RegisterUnpairRequested;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.events.Topic;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Fake transaction-service that confirms each pairing event, unless it is suspended. */
@ApplicationScoped
public class FakeTransactionService {
    private final KafkaJournal kafka;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<RegisterState> withheld = new ArrayList<>();
    private boolean suspended;
    private Thread reader;

    FakeTransactionService(KafkaJournal kafka, @Identifier("default-kafka-broker") Map<String, Object> settings) {
        this.kafka = kafka;
        Map<String, Object> ungrouped = new HashMap<>(settings);
        ungrouped.remove("group.id");
        ungrouped.put("isolation.level", "read_committed");
        ungrouped.put("enable.auto.commit", false);
        consumer = new KafkaConsumer<>(ungrouped, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @PostConstruct
    void open() {
        List<TopicPartition> partitions = IntStream.range(0, Topic.PAIRING_EVENTS.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.PAIRING_EVENTS.topicName(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = new Thread(this::read, "fake-transaction-service");
        reader.start();
    }

    @PreDestroy
    void close() throws InterruptedException {
        consumer.wakeup();
        reader.join();
    }

    /** Has no effect of its own: the first call of any method starts the confirmations. */
    public void start() {}

    /** Runs the action while it confirms nothing; then confirms all that has come. */
    public <T> T whileSuspended(Supplier<T> action) {
        setSuspended(true);
        try {
            return action.get();
        } finally {
            setSuspended(false);
        }
    }

    private synchronized void setSuspended(boolean now) {
        suspended = now;
        if (!suspended) {
            withheld.forEach(this::confirm);
            withheld.clear();
        }
    }

    private synchronized void handle(RegisterState state) {
        if (suspended) {
            withheld.add(state);
        } else {
            confirm(state);
        }
    }

    public void confirm(RegisterState state) {
        kafka.send(Topic.PAIRING_CONFIRMATIONS, PairingConfirmed.of(state));
    }

    /** Requests the end of the pairing for its register. */
    public void requestUnpairing(FakeRegister register, FakeDevice device, long pairingNumber) {
        kafka.send(
                Topic.PAIRING_CONFIRMATIONS,
                new RegisterUnpairRequested(register.vendor(), register.id(), device.id(), pairingNumber));
    }

    private void read() {
        try (KafkaConsumer<String, byte[]> open = consumer) {
            while (true) {
                open.poll(Duration.ofSeconds(1))
                        .forEach(found ->
                                handle((RegisterState) EventCodec.decode(Topic.PAIRING_EVENTS, found.value())));
            }
        } catch (WakeupException e) {
            setSuspended(false);
        }
    }
}
