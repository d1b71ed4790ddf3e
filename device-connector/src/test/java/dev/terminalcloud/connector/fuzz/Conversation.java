package dev.terminalcloud.connector.fuzz;

import static dev.terminalcloud.connector.fake.FakeCloud.SECRET;
import static dev.terminalcloud.connector.fake.TestDevice.HELLO;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Packets of one device that keeps to the protocol. */
record Conversation(String deviceId, int version) {

    /** Stage at which a device begins to misbehave. */
    enum Stage {
        NOT_CONNECTED(0),
        CONNECTED(1),
        SUBSCRIBED(2),
        GREETED(3);

        private final int packets;

        Stage(int packets) {
            this.packets = packets;
        }
    }

    Buffer until(Stage stage) {
        Buffer sent = Buffer.buffer();
        beginning().stream().limit(stage.packets).map(Packet::bytes).forEach(sent::appendBuffer);
        return sent;
    }

    Packet event(int packetId, String message) {
        return Packet.publish(version, events(), packetId, message);
    }

    String commands() {
        return "devices/" + deviceId + "/commands";
    }

    String events() {
        return "devices/" + deviceId + "/events";
    }

    /** Returns one packet of each type that a device may send. */
    List<Packet> packets() {
        return List.of(
                Packet.connect(version, deviceId, SECRET),
                Packet.subscribe(version, commands(), 1),
                event(7, HELLO),
                event(8, "{\"type\":\"transaction-claim\",\"transactionId\":\"" + new UUID(1, 2) + "\"}"),
                Packet.acknowledgement("PUBACK", 0x40, 0),
                Packet.acknowledgement("PUBREC", 0x50, 0),
                Packet.acknowledgement("PUBREL", 0x62, 0),
                Packet.acknowledgement("PUBCOMP", 0x70, 0),
                Packet.unsubscribe(version, commands()),
                Packet.ping(),
                Packet.disconnect(0));
    }

    /** Returns a whole conversation, from CONNECT to DISCONNECT. */
    List<Packet> whole() {
        return Stream.of(
                        beginning(),
                        List.of(
                                event(2, "{\"type\":\"pairing-code-request\"}"),
                                event(3, "{\"type\":\"status\",\"status\":\"NOT-INITIALIZED\"}"),
                                Packet.acknowledgement("PUBACK", 0x40, 0),
                                event(4, "{\"type\":\"pong\",\"nonce\":\"n\"}"),
                                event(
                                        5,
                                        "{\"type\":\"transaction-finished\",\"transactionId\":\"" + new UUID(3, 4)
                                                + "\",\"result\":\"OK\",\"amountTotal\":500}"),
                                Packet.ping(),
                                Packet.disconnect(0)))
                .flatMap(List::stream)
                .toList();
    }

    private List<Packet> beginning() {
        return List.of(
                Packet.connect(version, deviceId, SECRET), Packet.subscribe(version, commands(), 1), event(1, HELLO));
    }
}
