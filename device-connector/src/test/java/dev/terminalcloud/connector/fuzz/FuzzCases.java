package dev.terminalcloud.connector.fuzz;

import dev.terminalcloud.connector.fuzz.Conversation.Stage;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Fuzz cases from packets, messages and conversations. */
final class FuzzCases {
    private static final List<Transport> MQTT =
            List.of(Transport.TCP, Transport.WEB_SOCKET, Transport.WEB_SOCKET_IN_PIECES);
    private static final int MAX_MUTATIONS = 4;

    private FuzzCases() {}

    /** Returns each packet, corrupted in each way, at each stage of a connection. */
    static List<FuzzCase> corruptedPackets(List<Conversation> conversations, RandomGenerator random) {
        List<FuzzCase> fuzzCases = new ArrayList<>();
        for (Conversation conversation : conversations) {
            List<Packet> packets = Stream.concat(conversation.packets().stream(), Packet.notForClients().stream())
                    .toList();
            for (Stage stage : Stage.values()) {
                for (Packet packet : packets) {
                    for (PacketCorruption corruption : PacketCorruption.values()) {
                        Buffer sent = conversation.until(stage).appendBuffer(corruption.corrupt(packet, random));
                        fuzzCases.add(new FuzzCase(
                                "%s %s when %s, MQTT %d"
                                        .formatted(packet.name(), corruption, stage, conversation.version()),
                                one(MQTT, random),
                                sent,
                                mustClose(corruption, packet, stage)));
                    }
                }
            }
        }
        return fuzzCases;
    }

    /** Returns the messages of {@link HostileMessages} after hello. */
    static List<FuzzCase> hostileMessages(List<Conversation> conversations, RandomGenerator random) {
        List<FuzzCase> fuzzCases = new ArrayList<>();
        for (Conversation conversation : conversations) {
            HostileMessages.malformed()
                    .forEach((title, payload) ->
                            fuzzCases.add(new FuzzCase(title, one(MQTT, random), said(conversation, payload), true)));
            HostileMessages.handled()
                    .forEach((title, payload) ->
                            fuzzCases.add(new FuzzCase(title, one(MQTT, random), said(conversation, payload), false)));
            HostileMessages.otherTopics(conversation)
                    .forEach(packet -> fuzzCases.add(new FuzzCase(
                            packet.name() + " of another topic",
                            one(MQTT, random),
                            conversation.until(Stage.GREETED).appendBuffer(packet.bytes()),
                            true)));
        }
        return fuzzCases;
    }

    /** Returns a whole conversation with some bytes changed. */
    static FuzzCase mutated(Conversation conversation, RandomGenerator random) {
        Buffer bytes = Buffer.buffer();
        conversation.whole().forEach(packet -> bytes.appendBuffer(packet.bytes()));
        Buffer mutated = bytes;
        for (int i = random.nextInt(1, MAX_MUTATIONS + 1); i > 0; i--) {
            mutated = one(List.of(Mutation.values()), random).of(mutated, random);
        }
        return new FuzzCase("mutated, MQTT " + conversation.version(), one(MQTT, random), mutated, false);
    }

    static <T> T one(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Buffer said(Conversation conversation, Buffer payload) {
        return conversation
                .until(Stage.GREETED)
                .appendBuffer(Packet.publish(conversation.version(), conversation.events(), 9, payload)
                        .bytes());
    }

    private static boolean mustClose(PacketCorruption corruption, Packet packet, Stage stage) {
        return switch (corruption) {
            case LENGTH_OF_FIVE_BYTES, LARGER_THAN_ALLOWED -> true;
            case AS_IT_IS -> !isAllowed(packet, stage);
            default -> false;
        };
    }

    private static boolean isAllowed(Packet packet, Stage stage) {
        return switch (packet.name()) {
            case "CONNECT" -> stage == Stage.NOT_CONNECTED;
            case "SUBSCRIBE", "PUBACK", "PINGREQ" -> stage != Stage.NOT_CONNECTED;
            case "PUBLISH" -> stage == Stage.SUBSCRIBED || stage == Stage.GREETED;
            default -> false;
        };
    }
}
