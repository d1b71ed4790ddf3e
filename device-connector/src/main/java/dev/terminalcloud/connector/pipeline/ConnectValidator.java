package dev.terminalcloud.connector.pipeline;

import static dev.terminalcloud.connector.pipeline.InvalidConnectException.malformed;
import static dev.terminalcloud.connector.pipeline.InvalidConnectException.protocolError;

import dev.terminalcloud.connector.pipeline.ConnectProperty.Section;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of MQTT 3.1.1 and 5 for the CONNECT packet (section 3.1 of both) that Netty's decoder does not check: of a property
 * that occurs twice it keeps the last, it accepts values and properties that are not allowed, and it replaces bytes that are
 * not UTF-8. Pure.
 */
final class ConnectValidator {
    private static final int MQTT_3_1_1 = 4;
    private static final int MQTT_5 = 5;

    private static final int RESERVED = 0x01;
    private static final int WILL = 0x04;
    private static final int WILL_QOS = 0x18;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private ConnectValidator() {}

    /** Returns whether the packet is a CONNECT of MQTT 5. */
    static boolean isMqtt5(ByteBuf packet) {
        return version(packet) == MQTT_5;
    }

    /**
     * Checks a whole packet, if it is a CONNECT of MQTT 3.1.1 or 5; the decoder refuses any other.
     *
     * @throws InvalidConnectException naming the first rule that it breaks
     */
    static void validate(ByteBuf packet) throws InvalidConnectException {
        int version = version(packet);
        if (version != MQTT_3_1_1 && version != MQTT_5) {
            return;
        }
        try {
            validate(new PacketReader(packet), version);
        } catch (IndexOutOfBoundsException e) {
            throw malformed("Packet must not end within a field");
        }
    }

    /** Returns the protocol level; 0 for any other packet. */
    private static int version(ByteBuf packet) {
        try {
            PacketReader reader = new PacketReader(packet);
            boolean isConnect = reader.readByte() >> 4 == MqttMessageType.CONNECT.value();
            reader.readVariableByteInteger();
            return isConnect && reader.readText().equals("MQTT") ? reader.readByte() : 0;
        } catch (InvalidConnectException | IndexOutOfBoundsException e) {
            return 0;
        }
    }

    private static void validate(PacketReader packet, int version) throws InvalidConnectException {
        require((packet.readByte() & 0x0f) == 0, "Flags of the packet type must be 0");
        packet.readVariableByteInteger();
        packet.readText();
        packet.readByte();
        int flags = packet.readByte();
        validateFlags(flags, version);
        packet.readTwoBytes();
        Set<ConnectProperty> properties = EnumSet.noneOf(ConnectProperty.class);
        if (version == MQTT_5) {
            readProperties(packet, Section.CONNECT, properties);
        }
        readPayload(packet, version, flags, properties);
        require(!packet.hasNext(), "Packet must end after its last field");
        validateAuthentication(properties);
    }

    private static void validateFlags(int flags, int version) throws InvalidConnectException {
        require((flags & RESERVED) == 0, "Reserved connect flag must be 0");
        require((flags & WILL_QOS) != WILL_QOS, "Will QoS must not be 3");
        require(
                (flags & WILL) != 0 || (flags & (WILL_QOS | WILL_RETAIN)) == 0,
                "Will QoS and Will Retain must be 0 without a will");
        require(
                version == MQTT_5 || (flags & USER_NAME) != 0 || (flags & PASSWORD) == 0,
                "Password Flag must be 0 without a user name");
    }

    private static void readProperties(PacketReader packet, Section section, Set<ConnectProperty> found)
            throws InvalidConnectException {
        PacketReader properties = packet.readProperties();
        while (properties.hasNext()) {
            ConnectProperty property = ConnectProperty.of(properties.readVariableByteInteger(), section)
                    .orElseThrow(() -> malformed("Property must be one of section " + section));
            if (!found.add(property) && !property.mayOccurAgain()) {
                throw protocolError(property + " must not occur more than once");
            }
            property.read(properties);
        }
    }

    private static void readPayload(PacketReader packet, int version, int flags, Set<ConnectProperty> properties)
            throws InvalidConnectException {
        packet.readText();
        if ((flags & WILL) != 0) {
            if (version == MQTT_5) {
                readProperties(packet, Section.WILL, properties);
            }
            packet.readText();
            packet.skipBinary();
        }
        if ((flags & USER_NAME) != 0) {
            packet.readText();
        }
        if ((flags & PASSWORD) != 0) {
            packet.skipBinary();
        }
    }

    private static void validateAuthentication(Set<ConnectProperty> properties) throws InvalidConnectException {
        if (properties.contains(ConnectProperty.AUTHENTICATION_METHOD)) {
            throw InvalidConnectException.authenticationMethod();
        }
        if (properties.contains(ConnectProperty.AUTHENTICATION_DATA)) {
            throw protocolError("AUTHENTICATION_DATA must not occur without AUTHENTICATION_METHOD");
        }
    }

    private static void require(boolean allowed, String rule) throws InvalidConnectException {
        if (!allowed) {
            throw malformed(rule);
        }
    }
}
