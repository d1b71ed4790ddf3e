package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.events.Topic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedKafkaTest {
    private static final String TOPIC = Topic.DEVICE_EVENTS.topicName();

    @TempDir
    Path data;

    @Test
    void newBrokerHasEachTopicAndDeadLetterTopic() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Set<String> expected = new TreeSet<>();
            for (Topic topic : Topic.values()) {
                expected.add(topic.topicName());
                expected.add(topic.deadLetterTopicName());
            }
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(admin.describeTopics(List.of(Topic.DEVICE_COMMANDS.topicName()))
                            .allTopicNames()
                            .get()
                            .get(Topic.DEVICE_COMMANDS.topicName())
                            .partitions())
                    .hasSize(Topic.DEVICE_COMMANDS.partitions());
        }
    }

    @Test
    void restartOnExistingDataKeepsTopicsAndRecords() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            write(kafka, "kept");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThat(read(kafka)).containsExactly("kept");
        }
    }

    @Test
    void acknowledgedRecordsSurviveAKill() throws Exception {
        ChildProcess child = ChildProcess.start(Broker.class, data.toString());
        write(child.answer(), "kept");
        child.kill();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0)) {
            assertThat(read(kafka)).containsExactly("kept");
        }
    }

    @Test
    void portInUseIsNamedTogetherWithWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(data, other.getLocalPort()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Kafka can't listen on port " + other.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    private static void write(EmbeddedKafka kafka, String value) throws Exception {
        write(kafka.bootstrapServers(), value);
    }

    private static void write(String bootstrapServers, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, "7000000001", value)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            return consumer.poll(Duration.ofMinutes(2)).records(new TopicPartition(TOPIC, 0)).stream()
                    .map(record -> record.value())
                    .toList();
        }
    }

    /** A separate process with a broker, which prints its address. */
    static final class Broker {
        private Broker() {}

        public static void main(String[] arguments) {
            EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
            ChildProcess.answerAndStay(kafka.bootstrapServers());
        }
    }
}
