package dev.terminalcloud.connector.pipeline;

import java.util.Arrays;
import java.util.Optional;

/** The properties of CONNECT and of its will (MQTT 5, sections 3.1.2.11 and 3.1.3.2), with the values that are allowed. */
enum ConnectProperty {
    SESSION_EXPIRY_INTERVAL(0x11, Section.CONNECT, Type.FOUR_BYTES),
    RECEIVE_MAXIMUM(0x21, Section.CONNECT, Type.TWO_BYTES_NOT_ZERO),
    MAXIMUM_PACKET_SIZE(0x27, Section.CONNECT, Type.FOUR_BYTES_NOT_ZERO),
    TOPIC_ALIAS_MAXIMUM(0x22, Section.CONNECT, Type.TWO_BYTES),
    REQUEST_RESPONSE_INFORMATION(0x19, Section.CONNECT, Type.FLAG),
    REQUEST_PROBLEM_INFORMATION(0x17, Section.CONNECT, Type.FLAG),
    USER_PROPERTY(0x26, Section.CONNECT, Type.TEXT_PAIR),
    AUTHENTICATION_METHOD(0x15, Section.CONNECT, Type.TEXT),
    AUTHENTICATION_DATA(0x16, Section.CONNECT, Type.BINARY),
    WILL_DELAY_INTERVAL(0x18, Section.WILL, Type.FOUR_BYTES),
    PAYLOAD_FORMAT_INDICATOR(0x01, Section.WILL, Type.FLAG),
    MESSAGE_EXPIRY_INTERVAL(0x02, Section.WILL, Type.FOUR_BYTES),
    CONTENT_TYPE(0x03, Section.WILL, Type.TEXT),
    RESPONSE_TOPIC(0x08, Section.WILL, Type.TEXT),
    CORRELATION_DATA(0x09, Section.WILL, Type.BINARY),
    WILL_USER_PROPERTY(0x26, Section.WILL, Type.TEXT_PAIR);

    private final int id;
    private final Section section;
    private final Type type;

    /** The two places of properties in CONNECT. */
    enum Section {
        CONNECT,
        WILL
    }

    private enum Type {
        FLAG,
        TWO_BYTES,
        TWO_BYTES_NOT_ZERO,
        FOUR_BYTES,
        FOUR_BYTES_NOT_ZERO,
        TEXT,
        TEXT_PAIR,
        BINARY
    }

    ConnectProperty(int id, Section section, Type type) {
        this.id = id;
        this.section = section;
        this.type = type;
    }

    /** Returns the property with that identifier; empty if the section has none. */
    static Optional<ConnectProperty> of(int id, Section section) {
        return Arrays.stream(values())
                .filter(property -> property.id == id && property.section == section)
                .findAny();
    }

    boolean mayOccurAgain() {
        return type == Type.TEXT_PAIR;
    }

    /**
     * Reads the value of the property.
     *
     * @throws InvalidConnectException if the value is not allowed
     */
    void read(PacketReader reader) throws InvalidConnectException {
        switch (type) {
            case FLAG -> require(reader.readByte() <= 1, "must be 0 or 1");
            case TWO_BYTES -> reader.readTwoBytes();
            case TWO_BYTES_NOT_ZERO -> require(reader.readTwoBytes() != 0, "must not be 0");
            case FOUR_BYTES -> reader.readFourBytes();
            case FOUR_BYTES_NOT_ZERO -> require(reader.readFourBytes() != 0, "must not be 0");
            case TEXT -> reader.readText();
            case TEXT_PAIR -> {
                reader.readText();
                reader.readText();
            }
            case BINARY -> reader.skipBinary();
        }
    }

    private void require(boolean allowed, String rule) throws InvalidConnectException {
        if (!allowed) {
            throw InvalidConnectException.protocolError(name() + " " + rule);
        }
    }
}
