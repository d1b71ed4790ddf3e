package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.events.KafkaUser;
import dev.terminalcloud.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The access control lists, user by user and topic by topic, and TLS, on a real broker. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaSecurityTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Path folder;
    private ServerTls tls;
    private KafkaSecurity security;
    private EmbeddedKafka kafka;

    @BeforeAll
    void start(@TempDir Path emptyFolder) {
        folder = emptyFolder;
        tls = ServerTls.create(folder.resolve("tls"));
        security = new KafkaSecurity(
                tls,
                Arrays.stream(KafkaUser.values())
                        .collect(Collectors.toMap(user -> user, user -> "password of " + user.userName())));
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, Port.free(), security);
        await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> {
            for (KafkaUser user : KafkaUser.values()) {
                assertThat(writes(user, user.writtenTopics().iterator().next())).isTrue();
            }
        });
    }

    @AfterAll
    void end() {
        kafka.close();
    }

    @ParameterizedTest
    @EnumSource
    void userWritesItsTopicsAndNoOther(KafkaUser user) throws Exception {
        Set<String> written = new TreeSet<>();
        for (String topic : allTopics()) {
            if (writes(user, topic)) {
                written.add(topic);
            }
        }

        assertThat(written).isEqualTo(user.writtenTopics());
    }

    @ParameterizedTest
    @EnumSource
    void userReadsItsTopicsAndNoOther(KafkaUser user) {
        Set<String> read = new TreeSet<>();
        for (String topic : allTopics()) {
            if (reads(user, topic)) {
                read.add(topic);
            }
        }

        assertThat(read).isEqualTo(user.readTopics());
    }

    @ParameterizedTest
    @EnumSource
    void userChangesNoTopicAndNoRight(KafkaUser user) {
        try (Admin admin = Admin.create(settings(user))) {
            assertThatThrownBy(
                            () -> admin.deleteTopics(user.writtenTopics()).all().get())
                    .hasCauseInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> admin.createAcls(user.acls()).all().get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        KafkaUser user = KafkaUser.PAIRING_SERVICE;
        Map<String, Object> settings = settings(user);
        settings.putAll(new KafkaSecurity(tls, Map.of(user, "wrong")).clientSettings(user));

        assertRefused(settings, SaslAuthenticationException.class);
    }

    @Test
    void serverOfAnotherAuthorityIsRefused() {
        Map<String, Object> settings = settings(KafkaUser.PAIRING_SERVICE);
        settings.put(
                "ssl.truststore.location",
                ServerTls.create(folder.resolve("another")).authority().toString());

        assertRefused(settings, SslAuthenticationException.class);
    }

    @Test
    void serverWithAnotherHostNameIsRefused() {
        Map<String, Object> settings = settings(KafkaUser.PAIRING_SERVICE);
        settings.put("bootstrap.servers", "localhost:" + kafka.port());

        assertRefused(settings, SslAuthenticationException.class);
    }

    private static void assertRefused(Map<String, Object> settings, Class<? extends Throwable> reason) {
        try (Admin admin = Admin.create(settings)) {
            assertThatThrownBy(() -> admin.listTopics().names().get()).hasCauseInstanceOf(reason);
        }
    }

    private boolean writes(KafkaUser user, String topic) throws InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(user), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
            return false;
        }
    }

    private boolean reads(KafkaUser user, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings(user), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            consumer.poll(Duration.ofSeconds(1));
            return true;
        } catch (TopicAuthorizationException e) {
            return false;
        }
    }

    private Map<String, Object> settings(KafkaUser user) {
        Map<String, Object> settings = new HashMap<>(security.clientSettings(user));
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("enable.auto.commit", "false");
        return settings;
    }

    private static Set<String> allTopics() {
        return Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterTopicName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
