package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.asyncapi.Document.Message;
import dev.terminalcloud.events.Event;
import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.Topic;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the events matches the records. */
class EventsTest {
    private static final Document DOCUMENT = Document.EVENTS;

    /** Members that a device has sent and that are left out: an example that has all members leaves out none. */
    private static final String IN_NO_EXAMPLE = "ignoredMembers";

    static Stream<Arguments> records() {
        return Arrays.stream(Topic.values()).flatMap(topic -> RecordMembers.byName(topic.family()).entrySet().stream()
                .map(named -> Arguments.of(topic, DOCUMENT.message(named.getKey()), named.getValue())));
    }

    @Test
    void eachTopicIsAChannelAndNothingElseIs() {
        assertThat(Document.names(DOCUMENT.root().path("channels")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::topicName).toList());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void channelHasTheRecordsOfItsTopic(Topic topic) {
        assertThat(DOCUMENT.typesOf(topic.topicName()))
                .isEqualTo(RecordMembers.byName(topic.family()).keySet());
    }

    @Test
    void eachMessageIsOnOneChannel() {
        assertThat(DOCUMENT.messages().map(Message::type))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .flatMap(topic -> DOCUMENT.typesOf(topic.topicName()).stream())
                        .collect(Collectors.toList()));
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void channelHasTheSettingsOfItsTopic(Topic topic) {
        NewTopic created = topic.toNewTopic((short) 1);
        JsonNode kafka = DOCUMENT.channel(topic.topicName()).at("/bindings/kafka");

        assertThat(kafka.path("topic").asText()).isEqualTo(created.name());
        assertThat(kafka.path("partitions").asInt()).isEqualTo(created.numPartitions());
        assertThat(created.configs())
                .containsEntry(
                        "cleanup.policy",
                        kafka.at("/topicConfiguration/cleanup.policy/0").asText())
                .containsEntry(
                        "retention.ms",
                        kafka.at("/topicConfiguration/retention.ms").asText());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("records")
    void messageHasTheMembersOfItsRecord(Topic topic, Message message, Class<?> type) {
        assertThat(message.members()).isEqualTo(RecordMembers.withType(type));
        RecordMembers.assertDescribed(DOCUMENT, message.payload(), type);
    }

    /** A comparison with an example, as for the messages of the device protocol, covers each member. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("records")
    void exampleHasEachMember(Topic topic, Message message, Class<?> type) {
        Set<String> members = message.members();
        members.remove(IN_NO_EXAMPLE);

        assertThat(Document.names(message.example())).isEqualTo(members);
        assertThat(message.example().properties())
                .filteredOn(member -> member.getValue().isObject())
                .allSatisfy(member -> assertThat(Document.names(member.getValue()))
                        .as(member.getKey())
                        .isEqualTo(
                                Document.names(message.member(member.getKey()).path("properties"))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("records")
    void exampleIsAsTheServicesWriteIt(Topic topic, Message message, Class<?> type) throws JsonProcessingException {
        message.assertFits(message.example());
        message.assertHeadersFit();

        Event event = EventCodec.decode(topic, message.exampleBytes());

        assertThat(event).isInstanceOf(type);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(EventCodec.encode(event))
                        .toString())
                .isEqualTo(message.example().toString());
    }
}
